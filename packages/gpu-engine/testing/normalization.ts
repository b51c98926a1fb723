import type { Random } from './random.ts';
import type { Float64Tensor, OpInput } from './reference.ts';
import { drawShape } from './shapes.ts';
import { channelOf, mapTensor, sizeOf, zeros } from './tensor.ts';
import { float32, type ValueSource } from './values.ts';

/** Σ over all axes but the channel's: [N, C, ...] -> [C]. */
export function channelSums(
  x: Float64Tensor,
  term: (value: number, index: number, channel: number) => number,
): Float64Tensor {
  const sums = zeros([x.shape[1]!]);
  x.data.forEach((value, index) => {
    const channel = channelOf(index, x.shape);
    sums.data[channel]! += term(value, index, channel);
  });
  return sums;
}

/** Mean and biased variance of each channel. */
export function statistics(x: Float64Tensor): { mean: Float64Tensor; variance: Float64Tensor } {
  const count = sizeOf(x.shape) / x.shape[1]!;
  const mean = mapTensor(
    channelSums(x, (value) => value),
    (sum) => sum / count,
  );
  const variance = mapTensor(
    channelSums(x, (value, _, channel) => (value - mean.data[channel]!) ** 2),
    (sum) => sum / count,
  );
  return { mean, variance };
}

/** (x - mean) / sqrt(variance + epsilon). */
export function normalized(
  x: Float64Tensor,
  mean: Float64Tensor,
  variance: Float64Tensor,
  epsilon: number,
): Float64Tensor {
  return mapTensor(x, (value, index) => {
    const channel = channelOf(index, x.shape);
    return (value - mean.data[channel]!) / Math.sqrt(variance.data[channel]! + epsilon);
  });
}

/** x̂ · scale + shift. */
export function affine(xHat: Float64Tensor, scale: Float64Tensor, shift: Float64Tensor): Float64Tensor {
  return mapTensor(xHat, (value, index) => {
    const channel = channelOf(index, xHat.shape);
    return value * scale.data[channel]! + shift.data[channel]!;
  });
}

/** The cotangents of x, scale and shift, where mean and variance are those of x: Ioffe and Szegedy 2015, section 3. */
export function trainingGradients(
  [g, x, scale, mean, variance]: readonly [Float64Tensor, Float64Tensor, Float64Tensor, Float64Tensor, Float64Tensor],
  epsilon: number,
): [Float64Tensor, Float64Tensor, Float64Tensor] {
  const count = sizeOf(x.shape) / x.shape[1]!;
  const xHat = normalized(x, mean, variance, epsilon);
  const dShift = channelSums(g, (value) => value);
  const dScale = channelSums(g, (value, index) => value * xHat.data[index]!);
  const dx = mapTensor(g, (value, index) => {
    const c = channelOf(index, x.shape);
    const centred = value - dShift.data[c]! / count - (xHat.data[index]! * dScale.data[c]!) / count;
    return (scale.data[c]! * centred) / Math.sqrt(variance.data[c]! + epsilon);
  });
  return [dx, dScale, dShift];
}

/** The cotangents of x, scale and shift, where mean and variance are constants. */
export function inferenceGradients(
  [g, x, scale, mean, variance]: readonly [Float64Tensor, Float64Tensor, Float64Tensor, Float64Tensor, Float64Tensor],
  epsilon: number,
): [Float64Tensor, Float64Tensor, Float64Tensor] {
  const xHat = normalized(x, mean, variance, epsilon);
  const dx = mapTensor(g, (value, index) => {
    const c = channelOf(index, x.shape);
    return (value * scale.data[c]!) / Math.sqrt(variance.data[c]! + epsilon);
  });
  const dScale = channelSums(g, (value, index) => value * xHat.data[index]!);
  return [dx, dScale, channelSums(g, (value) => value)];
}

const epsilons = [1e-5, 1e-5, 1e-3, 0.01];

/**
 * The kinds of activations that tell formulas for the variance apart. Channels of two values are left out: there the
 * gradient is a difference of nearly equal numbers that float32 cannot resolve.
 */
type Kind = 'general' | 'large mean' | 'dead channel';

/** One batch normalisation to test. */
export interface NormalizationConfiguration {
  readonly shape: readonly number[];
  readonly epsilon: number;
  readonly kind: Kind;
}

/** x [N, C, ...] of the configuration's kind; smooth cases are all general. */
export function activations({ shape, kind }: NormalizationConfiguration, values: ValueSource): OpInput {
  const { random, smooth } = values;
  if (smooth || kind === 'general') return values.general(shape);
  if (kind === 'large mean') return float32(shape, () => 50 + random.bell());
  return float32(shape, (index) => (channelOf(index, shape) === 0 ? 0 : random.bell() + 3));
}

const oddShapes: readonly (readonly number[])[] = [
  [3, 1],
  [3, 5],
  [5, 1, 1, 1],
  [1, 1, 1, 3],
  [2, 3, 5, 7],
  [1, 4, 8, 8],
  [7, 5, 1, 1],
  [2, 3, 5],
  [2, 3, 2, 3, 2],
  [1, 130, 3, 3],
  [100, 10],
  [1, 1, 70, 72],
  [5003, 1],
  [65, 3, 2, 2],
  [4, 2, 33, 31],
];

/** What most networks have. */
export const usual = (shape: readonly number[]): NormalizationConfiguration => ({
  shape,
  epsilon: 1e-5,
  kind: 'general',
});

export const oddNormalizations: readonly NormalizationConfiguration[] = [
  ...oddShapes.map(usual),
  { shape: [2, 3, 4, 5], epsilon: 1e-5, kind: 'large mean' },
  { shape: [4, 7, 6, 6], epsilon: 1e-3, kind: 'large mean' },
  { shape: [2, 3, 4, 6], epsilon: 1e-5, kind: 'dead channel' },
  { shape: [3, 1, 5, 5], epsilon: 1e-5, kind: 'dead channel' },
];

export function drawNormalization(random: Random): NormalizationConfiguration {
  const shape = drawShape(random, random.pick([2, 3, 4, 4, 4, 5]));
  const kind = random.pick<Kind>(['general', 'general', 'large mean', 'dead channel']);
  if (sizeOf(shape) / shape[1]! < 3) return drawNormalization(random);
  return { shape, epsilon: random.pick(epsilons), kind };
}
