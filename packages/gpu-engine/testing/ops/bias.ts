import { casesFrom } from '../cases.ts';
import type { OpSuite } from '../reference.ts';
import { drawShape, oddShapes } from '../shapes.ts';
import { channelOf, mapTensor, required, zeros } from '../tensor.ts';

/** bias(x [N, C, ...], b [C]) -> y[n, c, ...] = x[n, c, ...] + b[c], for any rank of at least 2. */
export const bias: OpSuite = {
  op: 'bias',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs) {
      const [x, b] = [required(inputs, 0), required(inputs, 1)];
      return [mapTensor(x, (value, index) => value + b.data[channelOf(index, x.shape)]!)];
    },
    vjp(inputs, _, cotangents) {
      const [b, g] = [required(inputs, 1), required(cotangents, 0)];
      const db = zeros(b.shape);
      g.data.forEach((value, index) => {
        db.data[channelOf(index, g.shape)]! += value;
      });
      return [g, db];
    },
  },
  cases: casesFrom('bias', {
    odd: oddShapes,
    draw: (random) => drawShape(random, random.pick([2, 3, 4, 4, 5])),
    build: (shape, values) => ({ inputs: [values.general(shape), values.general([shape[1]!])] }),
  }),
};
