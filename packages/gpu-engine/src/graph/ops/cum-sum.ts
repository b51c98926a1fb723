import { boolean, integer } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';
import { rowSizes } from '../shared/rows.ts';

/** Running sums along `axis`: without the element itself where `exclusive`, from the end where `reverse` (ONNX CumSum). */
export const cumSum = defineOp({
  name: 'cumSum',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axis: integer({}), exclusive: boolean(false), reverse: boolean(false) },
  infer: ({ inputs: [x], attributes: { axis }, fail }) =>
    x === undefined || normalizeAxis(axis, x.shape.length) === undefined
      ? fail('no such axis', 'an axis of x')
      : [{ dtype: x.dtype, shape: x.shape }],
  gradient: ({ attributes, cotangents, op }) => [
    op('cumSum', [cotangents[0] as string], { ...attributes, reverse: !attributes.reverse }),
  ],
  lower: ({ inputs, outputs, attributes: { axis, exclusive, reverse }, emit }) => {
    const [input, values] = [inputs[0] as Operand, outputs[0] as Operand];
    const sizes = rowSizes(input.shape, axis);
    emit({
      kernel: 'rows/cumSum',
      variant: { INTEGER: input.dtype === 'int32' ? 1 : 0 },
      uniforms: { ...sizes, exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 },
      bindings: { input, values },
      threads: sizes.rows,
      operations: input.elements,
    });
  },
});
