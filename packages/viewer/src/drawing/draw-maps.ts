import { ConvscopeError, Tensor, int32Tensor, shapeText } from '@convscope/gpu-engine';
import { colorTable, type ColorMapName, type Scale } from '@convscope/xai/render';

export interface MapStyle {
  readonly sign: 'signed' | 'positive';
  readonly colorMap?: ColorMapName;
  /** From the values where not given: zero to the largest, or for signed maps the largest magnitude on both sides. */
  readonly scale?: Scale;
  /** Which picture of the batch. */
  readonly index?: number;
}

export interface OverlayStyle extends MapStyle {
  /** Pixels of the drawing. */
  readonly width: number;
  readonly height: number;
  readonly interpolation: 'bilinear' | 'nearest';
}

/** A finished drawing: RGBA, rows from the top, and what the ends of its colours stand for. */
export interface MapDrawing {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly scale: Scale;
}

/**
 * Colours every channel of maps [N, C, H, W], all on one scale, at the maps' own resolution. The channels of the
 * drawing lie one below another: its height is C * H. Throws `invalid-tensor`, `disposed`, `device-lost`.
 */
export async function drawTiles(maps: Tensor, style: MapStyle): Promise<MapDrawing> {
  const [, channels, height, width] = mapShape(maps);
  return draw(maps, style, { kernel: 'draw-maps/tiles', width, height: channels * height, isSmooth: false });
}

/**
 * Colours maps [N, C, H, W] at another resolution, with the strongest channel in each pixel. Throws as `drawTiles`.
 */
export async function drawOverlay(maps: Tensor, style: OverlayStyle): Promise<MapDrawing> {
  const { width, height, interpolation } = style;
  return draw(maps, style, { kernel: 'draw-maps/overlay', width, height, isSmooth: interpolation === 'bilinear' });
}

interface Output {
  readonly kernel: 'draw-maps/tiles' | 'draw-maps/overlay';
  readonly width: number;
  readonly height: number;
  readonly isSmooth: boolean;
}

/**
 * The GPU turns the tensor's own buffer into colours; only these come back, for a 2D canvas. A WebGPU canvas would save
 * that copy, but where Chromium composites in software (as without a window) it stays blank and takes the device along.
 */
async function draw(maps: Tensor, style: MapStyle, output: Output): Promise<MapDrawing> {
  const { device } = maps;
  const { sign, colorMap = sign, scale, index = 0 } = style;
  const [, channels, height, width] = mapShape(maps);
  const { buffer, start } = placeOf(maps, index);
  const pipelines = await Promise.all(
    (['draw-maps/partials', 'draw-maps/extent', output.kernel] as const).map(async (name) =>
      device.pipelines.get(name),
    ),
  );
  const table = int32Tensor([256], new Int32Array(colorTable(colorMap).buffer));
  const owned: Tensor[] = [];
  const own = async (shape: readonly number[], dtype: 'float32' | 'int32'): Promise<Tensor> => {
    const tensor = await Tensor.allocate(device, dtype, shape);
    owned.push(tensor);
    return tensor;
  };
  const uniforms = await device.memory.allocate([32], 'uniform');
  try {
    const [partials, range] = [await own([512], 'float32'), await own([2], 'float32')];
    const [colors, colorEntries] = [await own([output.height, output.width], 'int32'), await own([256], 'int32')];
    maps.assertUsable();
    colorEntries.write(table);
    if (scale !== undefined) range.write({ dtype: 'float32', shape: [2], data: Float32Array.of(scale.min, scale.max) });
    const sizes = [start, channels, height, width, output.height, output.width, Number(sign === 'signed')];
    const { queue } = device.handle;
    queue.writeBuffer(uniforms[0] as GPUBuffer, 0, Uint32Array.of(...sizes, Number(output.isSmooth)));

    const buffers = [uniforms[0] as GPUBuffer, buffer, ...[partials, range, colorEntries, colors].map(firstBuffer)];
    const part = (binding: number): GPUBufferBinding =>
      binding === 1 && maps.buffers.length === 1
        ? { buffer, offset: maps.offset, size: maps.byteLength }
        : { buffer: buffers[binding] as GPUBuffer };
    const encoder = device.handle.createCommandEncoder();
    const dispatch = (step: number, bindings: readonly number[], threads: number): void => {
      const pipeline = pipelines[step] as GPUComputePipeline;
      const entries = bindings.map((binding) => ({ binding, resource: part(binding) }));
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, device.handle.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
      const groups = Math.ceil(threads / 64);
      pass.dispatchWorkgroups(Math.min(groups, 32_768), Math.ceil(groups / 32_768));
      pass.end();
    };
    if (scale === undefined) {
      dispatch(0, [0, 1, 2], 256);
      dispatch(1, [0, 2, 3], 1);
    }
    dispatch(2, [0, 1, 3, 4, 5], output.width * output.height);
    queue.submit([encoder.finish()]);

    const [pixels, ends] = await Promise.all([colors.read(), range.read()]);
    const [min = 0, max = 1] = ends.data;
    const bytes = new Uint8ClampedArray(pixels.data.buffer as ArrayBuffer);
    return { pixels: bytes, width: output.width, height: output.height, scale: { min, max } };
  } finally {
    for (const tensor of owned) tensor.dispose();
    device.memory.release(uniforms);
  }
}

function mapShape({ shape, dtype }: Tensor): readonly [number, number, number, number] {
  if (shape.length === 4 && dtype === 'float32') return shape as readonly [number, number, number, number];
  const got = `${dtype} ${shapeText(shape)}`;
  throw new ConvscopeError('invalid-tensor', 'only maps can be drawn', { got, wanted: 'float32 NxCxHxW' });
}

/** The buffer that holds a picture of the batch, and the element at which it starts there. */
function placeOf(maps: Tensor, index: number): { readonly buffer: GPUBuffer; readonly start: number } {
  const [batch = 1] = maps.shape;
  if (!(Number.isInteger(index) && index >= 0 && index < batch)) {
    const wanted = `a picture from 0 to ${batch - 1}`;
    throw new ConvscopeError('invalid-parameter', 'the batch has no such picture', { got: String(index), wanted });
  }
  const rowElements = maps.byteLength / 4 / batch;
  const rowsPerBuffer = maps.buffers.length === 1 ? batch : Math.floor(maps.device.maxBindingBytes / (rowElements * 4));
  const buffer = maps.buffers[Math.floor(index / rowsPerBuffer)] as GPUBuffer;
  return { buffer, start: (index % rowsPerBuffer) * rowElements };
}

function firstBuffer(tensor: Tensor): GPUBuffer {
  return tensor.buffers[0] as GPUBuffer;
}
