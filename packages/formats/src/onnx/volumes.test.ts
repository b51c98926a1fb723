import { elementCount, float32Tensor, type GpuDevice, type TensorData } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../../fuzz/mutate.ts';
import { ramp } from '../../testing/small-network.ts';
import { onnxFile } from './onnx-file.test-helper.ts';
import { readOnnxGraph } from './read-graph.ts';
import { relativeError, runGraph } from './run-graph.test-helper.ts';
import { floatTensor, node } from './write/messages.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

interface Volume {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Begins, then ends. */
  readonly pads: readonly number[];
  readonly outputPadding: readonly number[];
  readonly groups: number;
}

/**
 * Every pair of input place i and kernel place k with i = o * stride - pad + k * dilation in all three dimensions: the
 * sum of ONNX Conv over them, and with input and output changed about that of ConvTranspose. In float64.
 */
function visitPairs(
  small: readonly number[],
  large: readonly number[],
  { kernel, strides, dilations, pads }: Volume,
  visit: (small: number, large: number, kernel: number) => void,
): void {
  const flat = (place: readonly number[], sizes: readonly number[]) =>
    place.reduce((index, value, axis) => index * (sizes[axis] as number) + value, 0);
  const places = ([a = 0, b = 0, c = 0]: readonly number[]) =>
    Array.from({ length: a * b * c }, (_, index) => [
      Math.floor(index / (b * c)),
      Math.floor(index / c) % b,
      index % c,
    ]);
  for (const o of places(small)) {
    for (const k of places(kernel)) {
      const i = o.map(
        (place, axis) =>
          place * (strides[axis] as number) -
          (pads[axis] as number) +
          (k[axis] as number) * (dilations[axis] as number),
      );
      if (i.every((place, axis) => place >= 0 && place < (large[axis] as number))) {
        visit(flat(o, small), flat(i, large), flat(k, kernel));
      }
    }
  }
}

/** Conv where `transposed` is unset; x [N, Ci, …], w [Co, Ci / groups, …] or, transposed, [Ci, Co / groups, …]. */
function reference(x: TensorData, w: TensorData, bias: TensorData, volume: Volume, transposed: boolean): TensorData {
  const [batch = 1, channels = 1, ...from] = x.shape;
  const filters = bias.data.length;
  const { groups, strides, dilations, kernel, pads, outputPadding } = volume;
  const to = from.map((size, axis) => {
    const [stride, pad] = [strides[axis] as number, (pads[axis] as number) + (pads[axis + 3] as number)];
    const reach = (dilations[axis] as number) * ((kernel[axis] as number) - 1) + 1;
    if (transposed) return (size - 1) * stride + reach - pad + (outputPadding[axis] as number);
    return Math.floor((size + pad - reach) / stride) + 1;
  });
  const [inside, outside, taps] = [elementCount(from), elementCount(to), elementCount(kernel)];
  const sum = new Float64Array(batch * filters * outside);
  sum.forEach((_, index) => (sum[index] = bias.data[Math.floor(index / outside) % filters] as number));
  const [inGroup, outGroup] = [channels / groups, filters / groups];
  for (let n = 0; n < batch; n++) {
    for (let f = 0; f < filters; f++) {
      for (let c = 0; c < inGroup; c++) {
        const channel = Math.floor(f / outGroup) * inGroup + c;
        const row = transposed ? channel * outGroup + (f % outGroup) : f * inGroup + c;
        const add = (input: number, output: number, tap: number) => {
          const value = x.data[(n * channels + channel) * inside + input] as number;
          sum[(n * filters + f) * outside + output] =
            (sum[(n * filters + f) * outside + output] as number) + value * (w.data[row * taps + tap] as number);
        };
        if (transposed) visitPairs(from, to, volume, add);
        else visitPairs(to, from, volume, (o, i, k) => add(i, o, k));
      }
    }
  }
  return float32Tensor([batch, filters, ...to], Float32Array.from(sum));
}

test.each(['Conv', 'ConvTranspose'])('%s over three dimensions agrees with float64 sums', async (opType) => {
  const isTransposed = opType === 'ConvTranspose';
  for (let seed = 1; seed <= 25; seed++) {
    const random = seeded(seed);
    const three = (least: number, below: number) => [0, 1, 2].map(() => least + random(below));
    const groups = 1 + random(2);
    const volume: Volume = {
      kernel: three(1, 3),
      strides: three(1, 2),
      dilations: three(1, 2),
      pads: [...three(0, 2), ...three(0, 2)],
      outputPadding: [0, 0, 0],
      groups,
    };
    const extra = isTransposed ? volume.strides.map((stride) => random(stride)) : [0, 0, 0];
    const [channels, filters] = [groups * (1 + random(2)), groups * (1 + random(3))];
    const x = ramp([1 + random(2), channels, ...three(5, 3)], seed);
    const lead = isTransposed ? [channels, filters / groups] : [filters, channels / groups];
    const w = ramp([...lead, ...volume.kernel], seed + 1);
    const bias = ramp([filters], seed + 2);
    const isKnown = seed % 2 === 0;
    const { kernel, strides, dilations, pads } = volume;
    const attributes = {
      kernel_shape: kernel,
      strides,
      dilations,
      pads,
      group: groups,
      ...(isTransposed ? { output_padding: extra } : {}),
    };
    const bytes = onnxFile({
      nodes: [node(opType, ['x', 'w', 'b'], ['y'], attributes, '')],
      tensors: [...(isKnown ? [floatTensor('w', w)] : []), floatTensor('b', bias)],
      inputs: { x: x.shape, ...(isKnown ? {} : { w: w.shape }) },
      opset: 13,
    });
    const { graph, parameters } = readOnnxGraph(bytes, 'volume.onnx', { batch: 'stated' });
    const results = await runGraph(device, graph, parameters, isKnown ? { x } : { x, w });
    const wanted = reference(x, w, bias, { ...volume, outputPadding: extra }, isTransposed);
    const got = results.get('y') as TensorData;
    expect(got.shape, `seed ${seed}`).toEqual(wanted.shape);
    expect(relativeError(got, wanted), `seed ${seed}`).toBeLessThan(1e-5);
  }
});

test('a kernel of thousands of slices is not turned into nodes', () => {
  const bytes = onnxFile({
    nodes: [node('Conv', ['x', 'w'], ['y'], {}, 'deep')],
    tensors: [floatTensor('w', ramp([1, 1, 5000, 1, 1]))],
    inputs: { x: [1, 1, 5000, 1, 1] },
    opset: 13,
  });
  const { unsupported } = readOnnxGraph(bytes, 'deep.onnx');
  expect(unsupported.map(({ reason }) => reason)).toEqual(['a kernel deeper than 64']);
});
