import { broadcast, broadcastIndices, broadcastShape, drawOperands, oddOperands } from '../broadcasting.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed } from '../linear-map.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { mapTensor, required } from '../tensor.ts';
import { contract, type TrilinearForm } from '../trilinear-form.ts';

const operands = { odd: oddOperands, draw: drawOperands };

/** add(a, b) or subtract(a, b): `sign` is b's. Operands broadcast as in numpy, up to rank 6; gradients are summed back. */
function sum(op: string, sign: 1 | -1): OpSuite {
  return {
    op,
    outputs: ['float32'],
    differentiableInputs: [0, 1],
    differentiableOutputs: [0],
    reference: {
      forward(inputs) {
        const [a, b] = [required(inputs, 0), required(inputs, 1)];
        const shape = broadcastShape(a.shape, b.shape);
        const right = apply(broadcast(b.shape, shape), b);
        return [mapTensor(apply(broadcast(a.shape, shape), a), (value, index) => value + sign * right.data[index]!)];
      },
      vjp(inputs, _, cotangents) {
        const [a, b, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
        const db = applyTransposed(broadcast(b.shape, g.shape), g);
        return [applyTransposed(broadcast(a.shape, g.shape), g), mapTensor(db, (value) => sign * value)];
      },
    },
    cases: casesFrom(op, {
      ...operands,
      build: ([a, b], values) => ({ inputs: [values.general(a), values.general(b)] }),
    }),
  };
}

export const add = sum('add', 1);
export const subtract = sum('subtract', -1);

function products(a: readonly number[], b: readonly number[]): TrilinearForm {
  const shape = broadcastShape(a, b);
  const right = broadcastIndices(b, shape);
  return {
    shapes: [a, b, shape],
    terms: (visit) => broadcastIndices(a, shape).forEach((left, output) => visit(left, right[output]!, output)),
  };
}

/** multiply(a, b), element by element, operands broadcast as in numpy. */
export const multiply: OpSuite = {
  op: 'multiply',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs) {
      const [a, b] = [required(inputs, 0), required(inputs, 1)];
      return [contract(products(a.shape, b.shape), [a, b, undefined])];
    },
    vjp(inputs, _, cotangents) {
      const [a, b, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const form = products(a.shape, b.shape);
      return [contract(form, [undefined, b, g]), contract(form, [a, undefined, g])];
    },
  },
  cases: casesFrom('multiply', {
    ...operands,
    build: ([a, b], values) => ({ inputs: [values.general(a), values.general(b)] }),
  }),
};

const reciprocal = (x: Float64Tensor) => mapTensor(x, (value) => 1 / value);

/** divide(a, b), element by element, operands broadcast as in numpy. */
export const divide: OpSuite = {
  op: 'divide',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs) {
      const [a, b] = [required(inputs, 0), required(inputs, 1)];
      return [contract(products(a.shape, b.shape), [a, reciprocal(b), undefined])];
    },
    vjp(inputs, _, cotangents) {
      const [a, b, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const form = products(a.shape, b.shape);
      const dReciprocal = contract(form, [a, undefined, g]);
      return [
        contract(form, [undefined, reciprocal(b), g]),
        mapTensor(dReciprocal, (value, index) => -value / b.data[index]! ** 2),
      ];
    },
  },
  cases: casesFrom('divide', {
    ...operands,
    build: ([a, b], values) => ({ inputs: [values.general(a), values.nonzero(b)] }),
  }),
};
