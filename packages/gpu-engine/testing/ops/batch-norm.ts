import { numberAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import {
  activations,
  affine,
  drawNormalization,
  inferenceGradients,
  normalized,
  oddNormalizations,
  statistics,
  trainingGradients,
  usual,
} from '../normalization.ts';
import type { OpSuite } from '../reference.ts';
import { required, toFloat64 } from '../tensor.ts';
import { float32 } from '../values.ts';

/**
 * batchNorm(x [N, C, ...], scale [C], shift [C]) -> y, mean [C], biased variance [C]: training mode, Ioffe and Szegedy
 * 2015, algorithm 1. Only y passes a gradient on; the statistics are for running averages.
 */
export const batchNorm: OpSuite = {
  op: 'batchNorm',
  // The gradient of scale cancels where the mean is large beside the deviation; PyTorch's float32 is off by 6e-5 there.
  tolerance: { relative: 5e-4 },
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
      const { mean, variance } = statistics(x);
      return trainingGradients([g, x, scale, mean, variance], numberAttribute(attributes, 'epsilon'));
    },
  },
  cases: casesFrom('batchNorm', {
    odd: oddNormalizations,
    draw: drawNormalization,
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
      const terms = [g, x, scale, required(inputs, 3), required(inputs, 4)] as const;
      return [...inferenceGradients(terms, numberAttribute(attributes, 'epsilon')), undefined, undefined];
    },
  },
  cases: casesFrom('batchNormInference', {
    odd: [...oddNormalizations, usual([1, 1]), usual([1, 3]), usual([1, 5, 1, 1])],
    draw: drawNormalization,
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

/** batchNormGradient or batchNormInferenceGradient: (g, x, scale, mean, variance) -> dx, dscale, dshift. */
function gradientSuite(op: string, gradients: typeof trainingGradients): OpSuite {
  return {
    op,
    outputs: ['float32', 'float32', 'float32'],
    differentiableInputs: [],
    differentiableOutputs: [],
    reference: {
      forward(inputs, attributes) {
        const [g, x, scale] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
        const terms = [g, x, scale, required(inputs, 3), required(inputs, 4)] as const;
        return gradients(terms, numberAttribute(attributes, 'epsilon'));
      },
    },
    cases: casesFrom(op, {
      odd: oddNormalizations,
      draw: drawNormalization,
      build(configuration, values) {
        const channels = [configuration.shape[1]!];
        const x = activations(configuration, values);
        const { mean, variance } = statistics(toFloat64(x));
        return {
          inputs: [
            values.general(configuration.shape),
            x,
            values.uniform(channels, -2, 2),
            float32(channels, (c) => mean.data[c]!),
            float32(channels, (c) => variance.data[c]!),
          ],
          attributes: { epsilon: configuration.epsilon },
        };
      },
    }),
  };
}

/** With the statistics of x itself, as `batchNorm` gives them. */
export const batchNormGradient = gradientSuite('batchNormGradient', trainingGradients);

/** With statistics that are constants. */
export const batchNormInferenceGradient = gradientSuite('batchNormInferenceGradient', inferenceGradients);
