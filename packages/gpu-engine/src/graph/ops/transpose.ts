import { integers } from '../attributes.ts';
import type { Dimension } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { stridesOf } from '../shared/axes.ts';
import { emitStridedCopy } from '../shared/copy.ts';

/** x with its axes in another order: axis k of the result is axis permutation[k] of x (ONNX Transpose). */
export const transpose = defineOp({
  name: 'transpose',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { permutation: integers({ min: 0, max: 7 }) },
  infer: ({ inputs: [x], attributes: { permutation }, fail }) => {
    const shape = x?.shape ?? [];
    const isPermutation = permutation.length === shape.length && shape.every((_, axis) => permutation.includes(axis));
    if (x === undefined || !isPermutation)
      return fail('not an order of the axes', `each of the ${shape.length} axes once`);
    return [{ dtype: x.dtype, shape: permutation.map((axis) => shape[axis] as Dimension) }];
  },
  gradient: ({ attributes: { permutation }, cotangents, op }) => [
    op('transpose', [cotangents[0] as string], {
      permutation: permutation.map((_, axis) => permutation.indexOf(axis)),
    }),
  ],
  lower: ({ inputs, outputs, attributes: { permutation }, emit }) => {
    const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
    const strides = stridesOf(input.shape);
    emitStridedCopy(
      emit,
      input,
      output,
      permutation.map((axis) => strides[axis] as number),
    );
  },
});
