import { ConvscopeError, shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import type { Picture } from '@convscope/formats';
import { colorTable, type ColorMapName } from './color-maps.ts';
import { scaleOf, type Scale } from './scale.ts';

export interface RenderOptions {
  readonly sign: 'signed' | 'positive';
  readonly colorMap?: ColorMapName;
  /** Shared by all maps of the picture; from their values where not given. */
  readonly scale?: Scale;
  readonly percentile?: number;
  /** Which picture of the batch. */
  readonly index?: number;
  /** Whole screen pixels a map's pixel. */
  readonly zoom?: number;
}

export interface Rendering {
  readonly picture: Picture;
  readonly scale: Scale;
}

/** Channels of one map drawn side by side are this many screen pixels apart. */
const GAP = 2;

/**
 * Draws maps [N, C, h, w] in colour, all on one scale: the channels of a picture of the batch in a grid.
 * Throws `invalid-tensor` for other shapes.
 */
export function renderMaps(tensor: TensorData, options: RenderOptions): Rendering {
  const [, channels, height, width] = mapShape(tensor);
  const { sign, colorMap = sign, index = 0, zoom = 1, percentile = 100 } = options;
  const plane = height * width;
  const values = Float32Array.from(tensor.data.subarray(index * channels * plane, (index + 1) * channels * plane));
  const scale = options.scale ?? scaleOf(values, { sign, percentile });
  const columns = Math.min(channels, Math.ceil(Math.sqrt((channels * height) / width)));
  const rows = Math.ceil(channels / columns);
  const picture = blank(columns * (width * zoom + GAP) - GAP, rows * (height * zoom + GAP) - GAP);
  const table = colorTable(colorMap);
  for (let channel = 0; channel < channels; channel++) {
    const left = (channel % columns) * (width * zoom + GAP);
    const top = Math.floor(channel / columns) * (height * zoom + GAP);
    for (let y = 0; y < height * zoom; y++) {
      for (let x = 0; x < width * zoom; x++) {
        const value = values[channel * plane + Math.floor(y / zoom) * width + Math.floor(x / zoom)] as number;
        const entry = tableEntry(value, scale);
        const to = ((top + y) * picture.width + left + x) * 4;
        picture.data.set(table.subarray(entry * 4, entry * 4 + 4), to);
      }
    }
  }
  return { picture, scale };
}

/** One map [N, 1, h, w] of signals [N, C, h, w]: in each pixel the channel of the largest magnitude, with its sign. */
export function strongestOverChannels(tensor: TensorData): TensorData<'float32'> {
  const [batch, channels, height, width] = mapShape(tensor);
  const plane = height * width;
  const data = new Float32Array(batch * plane);
  for (let n = 0; n < batch; n++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < plane; pixel++) {
        const value = tensor.data[(n * channels + channel) * plane + pixel] as number;
        if (Math.abs(value) > Math.abs(data[n * plane + pixel] as number)) data[n * plane + pixel] = value;
      }
    }
  }
  return { dtype: 'float32', shape: [batch, 1, height, width], data };
}

/** The entry of a colour table for a value; the lowest for NaN. */
export function tableEntry(value: number, { min, max }: Scale): number {
  const place = Math.round(((value - min) / (max - min)) * 255);
  return Number.isNaN(place) ? 0 : Math.min(Math.max(place, 0), 255);
}

function blank(width: number, height: number): Picture {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

function mapShape({ shape }: TensorData): readonly [number, number, number, number] {
  if (shape.length === 4) return shape as readonly [number, number, number, number];
  throw new ConvscopeError('invalid-tensor', 'only maps can be drawn', { got: shapeText(shape), wanted: 'NxCxHxW' });
}
