import type { Model, Preprocessing } from '@convscope/formats';
import { elementCount, float32Tensor, type GraphBuilder, type TensorData } from '@convscope/gpu-engine/graph';

/*
 * Pictures in the making hold samples from 0 to 1, black to white, in the order of the network's channels. The network
 * sees them through its preprocessing, which is linear: input = factor * sample + offset for each channel.
 */

/** Factor and offset of each channel. */
export function sampleScale(preprocessing: Preprocessing): { readonly factors: number[]; readonly offsets: number[] } {
  const { channels, scale, mean, standardDeviation, invert = false } = preprocessing;
  const factors: number[] = [];
  const offsets: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const deviation = standardDeviation[channel] ?? 1;
    const span = (255 * scale) / deviation;
    factors.push(invert ? -span : span);
    offsets.push((invert ? span : 0) - (mean[channel] ?? 0) / deviation);
  }
  return { factors, offsets };
}

/** Adds what makes a network's input of samples [N, C, H, W]. */
export function addPreprocessing(builder: GraphBuilder, samples: string, preprocessing: Preprocessing): string {
  const { factors, offsets } = sampleScale(preprocessing);
  const shape = [1, preprocessing.channels, 1, 1];
  const factor = builder.constant('synthesis.factor', float32Tensor(shape, factors));
  const offset = builder.constant('synthesis.offset', float32Tensor(shape, offsets));
  return builder.op('add', [builder.op('multiply', [samples, factor]), offset]);
}

/** Samples of an input [N, C, H, W]. */
export function toSamples(input: TensorData<'float32'>, preprocessing: Preprocessing): TensorData<'float32'> {
  const { factors, offsets } = sampleScale(preprocessing);
  return perChannel(input, (value, channel) => (value - (offsets[channel] ?? 0)) / (factors[channel] ?? 1));
}

/** The network's input that shows samples [N, C, H, W]. */
export function fromSamples(samples: TensorData<'float32'>, preprocessing: Preprocessing): TensorData<'float32'> {
  const { factors, offsets } = sampleScale(preprocessing);
  return perChannel(samples, (value, channel) => value * (factors[channel] ?? 1) + (offsets[channel] ?? 0));
}

/** The share of each picture's samples that lies outside of 0 to 1 by more than half a display step. */
export function clippedShares({ shape, data }: TensorData<'float32'>): number[] {
  const slack = 0.5 / 255;
  const size = data.length / (shape[0] ?? 1);
  return Array.from({ length: shape[0] ?? 0 }, (_, n) => {
    const picture = data.subarray(n * size, (n + 1) * size);
    return picture.reduce((count, value) => count + Number(!(value >= -slack && value <= 1 + slack)), 0) / size;
  });
}

/** An input of the model's own size that shows plain grey, for methods that look at none. */
export function blankInput({ preprocessing }: Pick<Model, 'preprocessing'>): TensorData<'float32'> {
  const shape = [1, preprocessing.channels, preprocessing.height, preprocessing.width];
  return fromSamples(float32Tensor(shape, new Float32Array(elementCount(shape)).fill(0.5)), preprocessing);
}

function perChannel(
  { shape, data }: TensorData<'float32'>,
  change: (value: number, channel: number) => number,
): TensorData<'float32'> {
  const [, channels = 1, height = 1, width = 1] = shape;
  const plane = height * width;
  return float32Tensor(
    shape,
    data.map((value, index) => change(value, Math.floor(index / plane) % channels)),
  );
}
