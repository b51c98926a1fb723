import { flagAttribute, numberAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import type { OpSuite } from '../reference.ts';
import { drawShape, oddShapes } from '../shapes.ts';
import { mapTensor, required } from '../tensor.ts';
import { float32 } from '../values.ts';

const parameterShapes = [[], [1], [10], [5, 3, 3, 3], [2048, 2], ...oddShapes];

/**
 * sgd(parameter, gradient, velocity, learningRate scalar) -> parameter', velocity': PyTorch's SGD without dampening.
 * g += weightDecay · p; v' = momentum · v + g; p' = p - learningRate · v', with nesterov p - learningRate · (g + momentum · v').
 */
export const sgd: OpSuite = {
  op: 'sgd',
  outputs: ['float32', 'float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward(inputs, attributes) {
      const [parameter, gradient, velocity] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
      const learningRate = required(inputs, 3).data[0]!;
      const momentum = numberAttribute(attributes, 'momentum');
      const weightDecay = numberAttribute(attributes, 'weightDecay');
      const nesterov = flagAttribute(attributes, 'nesterov');
      const slope = mapTensor(gradient, (value, i) => value + weightDecay * parameter.data[i]!);
      const nextVelocity = mapTensor(velocity, (value, i) => momentum * value + slope.data[i]!);
      const step = nesterov ? mapTensor(slope, (value, i) => value + momentum * nextVelocity.data[i]!) : nextVelocity;
      return [mapTensor(parameter, (value, i) => value - learningRate * step.data[i]!), nextVelocity];
    },
  },
  cases: casesFrom('sgd', {
    odd: parameterShapes.map((shape) => ({ shape, momentum: 0.9, weightDecay: 5e-4, nesterov: false })),
    draw: (random) => ({
      shape: drawShape(random, random.integer(1, 4)),
      momentum: random.pick([0, 0.5, 0.9, 0.99]),
      weightDecay: random.pick([0, 0, 1e-4, 0.05]),
      nesterov: random.chance(0.3),
    }),
    build: ({ shape, ...attributes }, values) => ({
      inputs: [
        values.general(shape),
        values.general(shape),
        values.general(shape),
        float32([], () => values.random.pick([0, 0.001, 0.05, 0.1, 1])),
      ],
      attributes,
    }),
  }),
};

/**
 * adam(parameter, gradient, firstMoment, secondMoment, stepSize scalar, secondCorrection scalar) -> parameter', first
 * and second moment': Kingma and Ba 2015 as PyTorch has it, weight decay added to the gradient. With
 * stepSize = rate / (1 - beta1^t) and secondCorrection = sqrt(1 - beta2^t):
 * p' = p - stepSize · m' / (sqrt(v') / secondCorrection + epsilon).
 */
export const adam: OpSuite = {
  op: 'adam',
  outputs: ['float32', 'float32', 'float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward(inputs, attributes) {
      const [parameter, gradient] = [required(inputs, 0), required(inputs, 1)];
      const stepSize = required(inputs, 4).data[0]!;
      const secondCorrection = required(inputs, 5).data[0]!;
      const beta1 = numberAttribute(attributes, 'beta1');
      const beta2 = numberAttribute(attributes, 'beta2');
      const epsilon = numberAttribute(attributes, 'epsilon');
      const weightDecay = numberAttribute(attributes, 'weightDecay');
      const slope = mapTensor(gradient, (value, i) => value + weightDecay * parameter.data[i]!);
      const first = mapTensor(required(inputs, 2), (value, i) => beta1 * value + (1 - beta1) * slope.data[i]!);
      const second = mapTensor(required(inputs, 3), (value, i) => beta2 * value + (1 - beta2) * slope.data[i]! ** 2);
      const next = mapTensor(parameter, (value, i) => {
        const spread = Math.sqrt(second.data[i]!) / secondCorrection + epsilon;
        return value - (stepSize * first.data[i]!) / spread;
      });
      return [next, first, second];
    },
  },
  cases: casesFrom('adam', {
    odd: parameterShapes.map((shape) => ({ shape, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, step: 1 })),
    draw: (random) => ({
      shape: drawShape(random, random.integer(1, 4)),
      beta1: random.pick([0.9, 0.5, 0.95]),
      beta2: random.pick([0.999, 0.99, 0.9]),
      epsilon: random.pick([1e-8, 1e-7, 1e-4]),
      weightDecay: random.pick([0, 0, 1e-4, 0.05]),
      step: random.pick([1, 2, 10, 1000, 100_000]),
    }),
    build({ shape, step, ...attributes }, values) {
      const rate = values.random.pick([1e-4, 1e-3, 0.01]);
      const fresh = step === 1;
      return {
        inputs: [
          values.general(shape),
          values.general(shape),
          fresh ? float32(shape, () => 0) : values.general(shape),
          fresh ? float32(shape, () => 0) : values.uniform(shape, 0, 2),
          float32([], () => rate / (1 - attributes.beta1 ** step)),
          float32([], () => Math.sqrt(1 - attributes.beta2 ** step)),
        ],
        attributes,
      };
    },
  }),
};
