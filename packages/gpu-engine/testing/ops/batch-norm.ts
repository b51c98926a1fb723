import { numberAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { drawShape } from '../shapes.ts';
import { channelOf, mapTensor, required, sizeOf, zeros } from '../tensor.ts';
import { float32, type ValueSource } from '../values.ts';

/** Σ over all axes but the channel's: [N, C, ...] -> [C]. */
function channelSums(x: Float64Tensor, term: (value: number, index: number, channel: number) => number): Float64Tensor {
  const sums = zeros([x.shape[1]!]);
  x.data.forEach((value, index) => {
    const channel = channelOf(index, x.shape);
    sums.data[channel]! += term(value, index, channel);
  });
  return sums;
}

/** Mean and biased variance of each channel. */
function statistics(x: Float64Tensor): { mean: Float64Tensor; variance: Float64Tensor; count: number } {
  const count = sizeOf(x.shape) / x.shape[1]!;
  const mean = mapTensor(
    channelSums(x, (value) => value),
    (sum) => sum / count,
  );
  const variance = mapTensor(
    channelSums(x, (value, _, channel) => (value - mean.data[channel]!) ** 2),
    (sum) => sum / count,
  );
  return { mean, variance, count };
}

/** (x - mean) / sqrt(variance + epsilon). */
function normalized(x: Float64Tensor, mean: Float64Tensor, variance: Float64Tensor, epsilon: number): Float64Tensor {
  return mapTensor(x, (value, index) => {
    const channel = channelOf(index, x.shape);
    return (value - mean.data[channel]!) / Math.sqrt(variance.data[channel]! + epsilon);
  });
}

/** x̂ · scale + shift. */
function affine(xHat: Float64Tensor, scale: Float64Tensor, shift: Float64Tensor): Float64Tensor {
  return mapTensor(xHat, (value, index) => {
    const channel = channelOf(index, xHat.shape);
    return value * scale.data[channel]! + shift.data[channel]!;
  });
}

const epsilons = [1e-5, 1e-5, 1e-3, 0.01];

/**
 * The kinds of activations that tell formulas for the variance apart. Channels of two values are left out: there the
 * gradient is a difference of nearly equal numbers that float32 cannot resolve.
 */
type Kind = 'general' | 'large mean' | 'dead channel';

interface Configuration {
  readonly shape: readonly number[];
  readonly epsilon: number;
  readonly kind: Kind;
}

function activations({ shape, kind }: Configuration, values: ValueSource) {
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

const usual = (shape: readonly number[]): Configuration => ({ shape, epsilon: 1e-5, kind: 'general' });

const odd: readonly Configuration[] = [
  ...oddShapes.map(usual),
  { shape: [2, 3, 4, 5], epsilon: 1e-5, kind: 'large mean' },
  { shape: [4, 7, 6, 6], epsilon: 1e-3, kind: 'large mean' },
  { shape: [2, 3, 4, 6], epsilon: 1e-5, kind: 'dead channel' },
  { shape: [3, 1, 5, 5], epsilon: 1e-5, kind: 'dead channel' },
];

function draw(random: Random): Configuration {
  const shape = drawShape(random, random.pick([2, 3, 4, 4, 4, 5]));
  const kind = random.pick<Kind>(['general', 'general', 'large mean', 'dead channel']);
  if (sizeOf(shape) / shape[1]! < 3) return draw(random);
  return { shape, epsilon: random.pick(epsilons), kind };
}

/**
 * batchNorm(x [N, C, ...], scale [C], shift [C]) -> y, mean [C], biased variance [C]: training mode, Ioffe and Szegedy
 * 2015, algorithm 1. Only y passes a gradient on; the statistics are for running averages.
 */
export const batchNorm: OpSuite = {
  op: 'batchNorm',
  outputs: ['float32', 'float32', 'float32'],
  differentiableInputs: [0, 1, 2],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [x, scale, shift] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
      const { mean, variance } = statistics(x);
      const xHat = normalized(x, mean, variance, numberAttribute(attributes, 'epsilon'));
      return [affine(xHat, scale, shift), mean, variance];
    },
    vjp(inputs, attributes, cotangents) {
      const [x, scale, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const epsilon = numberAttribute(attributes, 'epsilon');
      const { mean, variance, count } = statistics(x);
      const xHat = normalized(x, mean, variance, epsilon);
      const dShift = channelSums(g, (value) => value);
      const dScale = channelSums(g, (value, index) => value * xHat.data[index]!);
      const dx = mapTensor(g, (value, index) => {
        const c = channelOf(index, x.shape);
        const centred = value - dShift.data[c]! / count - (xHat.data[index]! * dScale.data[c]!) / count;
        return (scale.data[c]! * centred) / Math.sqrt(variance.data[c]! + epsilon);
      });
      return [dx, dScale, dShift];
    },
  },
  cases: casesFrom<Configuration>('batchNorm', {
    odd,
    draw,
    build(configuration, values) {
      const channels = [configuration.shape[1]!];
      return {
        inputs: [activations(configuration, values), values.uniform(channels, -2, 2), values.general(channels)],
        attributes: { epsilon: configuration.epsilon },
      };
    },
  }),
};

/**
 * batchNormInference(x [N, C, ...], scale [C], shift [C], mean [C], variance [C]) -> y, with fixed statistics, which
 * pass no gradient on.
 */
export const batchNormInference: OpSuite = {
  op: 'batchNormInference',
  outputs: ['float32'],
  differentiableInputs: [0, 1, 2],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [x, scale, shift] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
      const epsilon = numberAttribute(attributes, 'epsilon');
      return [affine(normalized(x, required(inputs, 3), required(inputs, 4), epsilon), scale, shift)];
    },
    vjp(inputs, attributes, cotangents) {
      const [x, scale, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const epsilon = numberAttribute(attributes, 'epsilon');
      const variance = required(inputs, 4);
      const xHat = normalized(x, required(inputs, 3), variance, epsilon);
      const dx = mapTensor(g, (value, index) => {
        const c = channelOf(index, x.shape);
        return (value * scale.data[c]!) / Math.sqrt(variance.data[c]! + epsilon);
      });
      const dScale = channelSums(g, (value, index) => value * xHat.data[index]!);
      return [dx, dScale, channelSums(g, (value) => value), undefined, undefined];
    },
  },
  cases: casesFrom<Configuration>('batchNormInference', {
    odd: [...odd, usual([1, 1]), usual([1, 3]), usual([1, 5, 1, 1])],
    draw,
    build(configuration, values) {
      const channels = [configuration.shape[1]!];
      return {
        inputs: [
          values.general(configuration.shape),
          values.uniform(channels, -2, 2),
          values.general(channels),
          values.general(channels),
          values.uniform(channels, 0.01, 4),
        ],
        attributes: { epsilon: configuration.epsilon },
      };
    },
  }),
};
