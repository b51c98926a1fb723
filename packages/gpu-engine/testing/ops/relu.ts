import { casesFrom } from '../cases.ts';
import type { OpSuite } from '../reference.ts';
import { drawShape, oddShapes } from '../shapes.ts';
import { mapTensor, required } from '../tensor.ts';

/** relu(x) -> max(x, 0); its derivative at 0 is 0. */
export const relu: OpSuite = {
  op: 'relu',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward: (inputs) => [mapTensor(required(inputs, 0), (value) => (value > 0 ? value : 0))],
    vjp(inputs, _, cotangents) {
      const x = required(inputs, 0);
      return [mapTensor(required(cotangents, 0), (value, index) => (x.data[index]! > 0 ? value : 0))];
    },
  },
  cases: casesFrom('relu', {
    odd: [[], [1], [3], ...oddShapes],
    draw: (random) => drawShape(random, random.integer(1, 5)),
    build: (shape, values) => ({ inputs: [values.aroundZero(shape)] }),
  }),
};

/** reluGradient(g, x) -> g where x > 0, otherwise 0. Linear in g; its derivative in x is zero and is left out. */
export const reluGradient: OpSuite = {
  op: 'reluGradient',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs) {
      const x = required(inputs, 1);
      return [mapTensor(required(inputs, 0), (value, index) => (x.data[index]! > 0 ? value : 0))];
    },
    vjp(inputs, _, cotangents) {
      const x = required(inputs, 1);
      return [mapTensor(required(cotangents, 0), (value, index) => (x.data[index]! > 0 ? value : 0)), undefined];
    },
  },
  cases: casesFrom('reluGradient', {
    odd: [[], [1], [3], ...oddShapes],
    draw: (random) => drawShape(random, random.integer(1, 5)),
    build: (shape, values) => ({ inputs: [values.general(shape), values.aroundZero(shape)] }),
  }),
};
