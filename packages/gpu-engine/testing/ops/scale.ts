import { numberAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import type { OpSuite } from '../reference.ts';
import { drawShape, oddShapes } from '../shapes.ts';
import { mapTensor, required } from '../tensor.ts';

/** scale(x) -> factor · x. */
export const scale: OpSuite = {
  op: 'scale',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const factor = numberAttribute(attributes, 'factor');
      return [mapTensor(required(inputs, 0), (value) => factor * value)];
    },
    vjp(_, attributes, cotangents) {
      const factor = numberAttribute(attributes, 'factor');
      return [mapTensor(required(cotangents, 0), (value) => factor * value)];
    },
  },
  cases: casesFrom('scale', {
    odd: [[], [1], [3], ...oddShapes].map((shape) => ({ shape, factor: -1 })),
    draw: (random) => ({
      shape: drawShape(random, random.integer(1, 6)),
      factor: random.pick([0, 1, -1, 0.5, 1 / 3, random.uniform(-10, 10)]),
    }),
    build: ({ shape, factor }, values) => ({ inputs: [values.general(shape)], attributes: { factor } }),
  }),
};
