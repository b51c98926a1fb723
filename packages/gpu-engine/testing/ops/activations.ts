import { numberAttribute, textAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { errorFunction, normalDensity } from '../special-functions.ts';
import type { OpSuite } from '../reference.ts';
import { mapTensor, required } from '../tensor.ts';
import { elementwiseShapes, unarySuite } from '../unary.ts';

const wide = [
  [-4, 4],
  [-1e-3, 1e-3],
  [-90, 90],
] as const;
const zero = () => [0, -0];
const alphaOf = (attributes: Parameters<typeof numberAttribute>[0]) => numberAttribute(attributes, 'alpha');
const betaOf = (attributes: Parameters<typeof numberAttribute>[0]) => numberAttribute(attributes, 'beta');
const logistic = (x: number) => 1 / (1 + Math.exp(-x));

export const leakyRelu = unarySuite('leakyRelu', {
  value: (x, attributes) => (x > 0 ? x : alphaOf(attributes) * x),
  slope: (x, attributes) => (x > 0 ? 1 : alphaOf(attributes)),
  ranges: wide,
  kinks: zero,
  attributes: (random) => ({ alpha: random.pick([0, 0.01, 0.2, 1, -0.5, 3]) }),
});

export const elu = unarySuite('elu', {
  value: (x, attributes) => (x > 0 ? x : alphaOf(attributes) * Math.expm1(x)),
  slope: (x, attributes) => (x > 0 ? 1 : alphaOf(attributes) * Math.exp(x)),
  ranges: wide,
  kinks: zero,
  attributes: (random) => ({ alpha: random.pick([1, 0.5, 2]) }),
});

export const selu = unarySuite('selu', {
  value: (x, attributes) => numberAttribute(attributes, 'gamma') * (x > 0 ? x : alphaOf(attributes) * Math.expm1(x)),
  slope: (x, attributes) => numberAttribute(attributes, 'gamma') * (x > 0 ? 1 : alphaOf(attributes) * Math.exp(x)),
  ranges: wide,
  kinks: zero,
  attributes: (random) => ({
    alpha: random.pick([1.6732632423543772, 2]),
    gamma: random.pick([1.0507009873554805, 3]),
  }),
});

export const celu = unarySuite('celu', {
  value: (x, attributes) => (x > 0 ? x : alphaOf(attributes) * Math.expm1(x / alphaOf(attributes))),
  slope: (x, attributes) => (x > 0 ? 1 : Math.exp(x / alphaOf(attributes))),
  ranges: wide,
  kinks: zero,
  attributes: (random) => ({ alpha: random.pick([1, 2, 0.25]) }),
});

export const sigmoid = unarySuite('sigmoid', {
  value: logistic,
  slope: (x) => logistic(x) * logistic(-x),
  ranges: wide,
  special: [0],
});

export const hardSigmoid = unarySuite('hardSigmoid', {
  value: (x, attributes) => Math.max(0, Math.min(1, alphaOf(attributes) * x + betaOf(attributes))),
  slope(x, attributes) {
    const y = alphaOf(attributes) * x + betaOf(attributes);
    return y > 0 && y < 1 ? alphaOf(attributes) : 0;
  },
  ranges: [
    [-4, 4],
    [-90, 90],
  ],
  // Numbers that float32 holds exactly, so that both sides agree on what is a bound.
  attributes: (random) => ({ alpha: random.pick([0.25, 0.5, 0.125]), beta: random.pick([0.5, 0.25]) }),
  kinks: (attributes) => [-betaOf(attributes) / alphaOf(attributes), (1 - betaOf(attributes)) / alphaOf(attributes)],
});

export const tanh = unarySuite('tanh', {
  value: Math.tanh,
  slope: (x) => 1 / Math.cosh(x) ** 2,
  ranges: [...wide, [-3000, 3000]],
  special: [0, 100, -100],
});

export const softplus = unarySuite('softplus', {
  value: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  slope: logistic,
  ranges: wide,
  special: [0],
});

export const softsign = unarySuite('softsign', {
  value: (x) => x / (1 + Math.abs(x)),
  slope: (x) => 1 / (1 + Math.abs(x)) ** 2,
  ranges: wide,
  kinks: zero,
});

const GELU_SCALE = Math.sqrt(2 / Math.PI);

export const gelu = unarySuite('gelu', {
  value(x, attributes) {
    if (textAttribute(attributes, 'approximate') === 'none') return 0.5 * x * (1 + errorFunction(x / Math.SQRT2));
    return 0.5 * x * (1 + Math.tanh(GELU_SCALE * (x + 0.044715 * x ** 3)));
  },
  slope(x, attributes) {
    if (textAttribute(attributes, 'approximate') === 'none') {
      return 0.5 * (1 + errorFunction(x / Math.SQRT2)) + x * normalDensity(x);
    }
    const t = Math.tanh(GELU_SCALE * (x + 0.044715 * x ** 3));
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * GELU_SCALE * (1 + 3 * 0.044715 * x * x);
  },
  ranges: wide,
  special: [0],
  attributes: (random) => ({ approximate: random.pick(['none', 'tanh']) }),
});

export const silu = unarySuite('silu', {
  value: (x, attributes) => x * logistic(alphaOf(attributes) * x),
  slope(x, attributes) {
    const s = logistic(alphaOf(attributes) * x);
    return s + alphaOf(attributes) * x * s * (1 - s);
  },
  ranges: wide,
  special: [0],
  attributes: (random) => ({ alpha: random.pick([1, 1.702, -1]) }),
});

export const hardSwish = unarySuite('hardSwish', {
  value: (x) => x * Math.max(0, Math.min(1, x / 6 + 0.5)),
  slope: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5),
  ranges: [
    [-5, 5],
    [-90, 90],
  ],
  kinks: () => [-3, 3],
  special: [0],
});

const tanhSoftplus = (x: number) => Math.tanh(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));

export const mish = unarySuite('mish', {
  value: (x) => x * tanhSoftplus(x),
  slope: (x) => tanhSoftplus(x) + x * (1 - tanhSoftplus(x) ** 2) * logistic(x),
  ranges: wide,
  special: [0, 20, 25],
});

export const thresholdedRelu = unarySuite('thresholdedRelu', {
  value: (x, attributes) => (x > alphaOf(attributes) ? x : 0),
  slope: (x, attributes) => (x > alphaOf(attributes) ? 1 : 0),
  ranges: wide,
  kinks: (attributes) => [alphaOf(attributes)],
  attributes: (random) => ({ alpha: random.pick([1, 0, -2, 0.5]) }),
});

export const clip = unarySuite('clip', {
  value: (x, attributes) =>
    Math.min(Math.max(x, numberAttribute(attributes, 'min')), numberAttribute(attributes, 'max')),
  slope: (x, attributes) => (x > numberAttribute(attributes, 'min') && x < numberAttribute(attributes, 'max') ? 1 : 0),
  ranges: [
    [-8, 8],
    [-1000, 1000],
  ],
  kinks: (attributes) => [numberAttribute(attributes, 'min'), numberAttribute(attributes, 'max')],
  special: [-0],
  attributes: (random) =>
    random.pick([
      { min: 0, max: 6 },
      { min: -1, max: 1 },
      { min: -3e38, max: 2 },
      { min: 2, max: -1 },
      { min: 0.5, max: 3e38 },
    ]),
});

/** unaryGradient(g, x) -> g · f'(x), here for the leaky ReLU; the suites of the functions test the others. */
export const unaryGradient: OpSuite = {
  op: 'unaryGradient',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  tolerance: { relative: 2e-6, absolute: 1e-6 },
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 1);
      return [mapTensor(required(inputs, 0), (g, index) => (x.data[index]! > 0 ? g : g * alphaOf(attributes)))];
    },
    vjp(inputs, attributes, cotangents) {
      const x = required(inputs, 1);
      const back = mapTensor(required(cotangents, 0), (g, index) => (x.data[index]! > 0 ? g : g * alphaOf(attributes)));
      return [back, undefined];
    },
  },
  cases: casesFrom('unaryGradient', {
    odd: elementwiseShapes.odd.map((shape) => ({ shape, alpha: 0.25 })),
    draw: (random) => ({ shape: elementwiseShapes.draw(random), alpha: random.pick([0, 0.01, 0.5]) }),
    build: ({ shape, alpha }, values) => ({
      inputs: [values.general(shape), values.aroundZero(shape)],
      attributes: { function: 'leakyRelu', alpha, beta: 0 },
    }),
  }),
};
