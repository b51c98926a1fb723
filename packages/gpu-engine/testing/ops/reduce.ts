import type { Attributes } from '../../src/graph/attributes.ts';
import { flagAttribute, listAttribute } from '../attributes.ts';
import { broadcast, broadcastShape, drawOperands, oddOperands } from '../broadcasting.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import { reduction, reductionConfigurations } from '../reducing.ts';
import type { OpSuite } from '../reference.ts';
import { required } from '../tensor.ts';

function sums(shape: readonly number[], attributes: Attributes, mean: boolean): LinearMap {
  const { outputShape, count, entries } = reduction(
    shape,
    listAttribute(attributes, 'axes'),
    flagAttribute(attributes, 'keepDimensions'),
  );
  return {
    inputShape: shape,
    outputShape,
    entries: (visit) => entries((output, input) => visit(output, input, mean ? 1 / count : 1)),
  };
}

/** reduceSum(x) or reduceMean(x) over `axes`, which are dropped unless keepDimensions. */
function suite(op: string, mean: boolean): OpSuite {
  return {
    op,
    outputs: ['float32'],
    differentiableInputs: [0],
    differentiableOutputs: [0],
    reference: {
      forward(inputs, attributes) {
        const x = required(inputs, 0);
        return [apply(sums(x.shape, attributes, mean), x)];
      },
      vjp: (inputs, attributes, cotangents) => [
        applyTransposed(sums(required(inputs, 0).shape, attributes, mean), required(cotangents, 0)),
      ],
    },
    cases: casesFrom(op, {
      ...reductionConfigurations,
      build: ({ shape, axes, keepDimensions }, values) => ({
        inputs: [values.general(shape)],
        attributes: { axes, keepDimensions },
      }),
    }),
  };
}

export const reduceSum = suite('reduceSum', false);
export const reduceMean = suite('reduceMean', true);

/** expand(x) -> x broadcast to `shape` as in numpy: the transpose of reduceSum. */
export const expand: OpSuite = {
  op: 'expand',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      return [apply(broadcast(x.shape, listAttribute(attributes, 'shape')), x)];
    },
    vjp: (inputs, attributes, cotangents) => [
      applyTransposed(
        broadcast(required(inputs, 0).shape, listAttribute(attributes, 'shape')),
        required(cotangents, 0),
      ),
    ],
  },
  cases: casesFrom('expand', {
    odd: oddOperands,
    draw: drawOperands,
    build: ([from, other], values) => ({
      inputs: [values.general(from)],
      attributes: { shape: broadcastShape(from, other) },
    }),
  }),
};
