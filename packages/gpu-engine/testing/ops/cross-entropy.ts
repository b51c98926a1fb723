import { casesFrom } from '../cases.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { dimensions2, required, zeros } from '../tensor.ts';
import { logSumExp, scores } from './softmax.ts';

/** Row n of a matrix [N, K]. */
function rowOf(matrix: Float64Tensor, n: number): number[] {
  const [, columns] = dimensions2(matrix.shape);
  return Array.from(matrix.data.subarray(n * columns, (n + 1) * columns));
}

/** softmax(logits) minus 1 at the label, row by row: the derivative of the loss. */
function residual(logits: Float64Tensor, labels: Float64Tensor): Float64Tensor {
  const [rows, columns] = dimensions2(logits.shape);
  const result = zeros(logits.shape);
  for (let n = 0; n < rows; n += 1) {
    const row = rowOf(logits, n);
    const normalizer = logSumExp(row);
    row.forEach((value, k) => {
      result.data[n * columns + k] = Math.exp(value - normalizer) - (k === labels.data[n] ? 1 : 0);
    });
  }
  return result;
}

function scaleRows(matrix: Float64Tensor, factors: Float64Tensor): Float64Tensor {
  const [, columns] = dimensions2(matrix.shape);
  return { shape: matrix.shape, data: matrix.data.map((value, i) => value * factors.data[Math.floor(i / columns)]!) };
}

const configurations = {
  odd: [
    [1, 1],
    [1, 2],
    [5, 1],
    [1, 10],
    [7, 10],
    [100, 10],
    [3, 1000],
    [1, 5003],
    [5003, 2],
    [65, 63],
    [64, 64],
  ],
  draw: (random: Random) => [random.integer(1, 70), random.integer(1, 60)],
};

/** crossEntropy(logits [N, K], labels int32 [N]) -> loss [N] = log Σ exp(logits) - logits[label]; no mean over N. */
export const crossEntropy: OpSuite = {
  op: 'crossEntropy',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs) {
      const [logits, labels] = [required(inputs, 0), required(inputs, 1)];
      const loss = labels.data.map((label, n) => {
        const row = rowOf(logits, n);
        return logSumExp(row) - row[label]!;
      });
      return [{ shape: labels.shape, data: loss }];
    },
    vjp: (inputs, _, cotangents) => [
      scaleRows(residual(required(inputs, 0), required(inputs, 1)), required(cotangents, 0)),
      undefined,
    ],
  },
  cases: casesFrom('crossEntropy', {
    ...configurations,
    build: ([n = 1, k = 1], values) => ({
      inputs: [scores([n, k], values), values.integers([n], 0, k - 1)],
    }),
  }),
};

/** crossEntropyGradient(g [N], logits [N, K], labels int32 [N]) -> g[n] · (softmax(logits) - onehot(label)), [N, K]. */
export const crossEntropyGradient: OpSuite = {
  op: 'crossEntropyGradient',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward: (inputs) => [scaleRows(residual(required(inputs, 1), required(inputs, 2)), required(inputs, 0))],
    vjp(inputs, _, cotangents) {
      const [g, logits, labels, u] = [
        required(inputs, 0),
        required(inputs, 1),
        required(inputs, 2),
        required(cotangents, 0),
      ];
      const [, columns] = dimensions2(logits.shape);
      const slope = residual(logits, labels);
      const dg = g.data.map((_value, n) => {
        const row = rowOf(slope, n);
        return rowOf(u, n).reduce((sum, value, k) => sum + value * row[k]!, 0);
      });
      const dLogits = zeros(logits.shape);
      g.data.forEach((factor, n) => {
        const row = rowOf(logits, n);
        const normalizer = logSumExp(row);
        const probabilities = row.map((value) => Math.exp(value - normalizer));
        const cotangent = rowOf(u, n);
        const mean = cotangent.reduce((sum, value, k) => sum + value * probabilities[k]!, 0);
        cotangent.forEach((value, k) => {
          dLogits.data[n * columns + k] = factor * probabilities[k]! * (value - mean);
        });
      });
      return [{ shape: g.shape, data: dg }, dLogits, undefined];
    },
  },
  cases: casesFrom('crossEntropyGradient', {
    ...configurations,
    build: ([n = 1, k = 1], values) => ({
      inputs: [values.general([n]), scores([n, k], values), values.integers([n], 0, k - 1)],
    }),
  }),
};
