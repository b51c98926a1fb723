import { integer } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';
import { emitCopy } from '../shared/copy.ts';

/** The `length` slices from `start` on, along `axis`. */
export const slice = defineOp({
  name: 'slice',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axis: integer({}), start: integer({ min: 0 }), length: integer({ min: 1 }) },
  infer: ({ inputs: [x], attributes: { axis, start, length }, fail }) => {
    const normal = normalizeAxis(axis, x?.shape.length ?? 0);
    if (x === undefined || normal === undefined) return fail('no such axis', 'an axis of x');
    const size = x.shape[normal];
    if (typeof size === 'number' && start + length > size) return fail('the slice ends outside', `up to ${size}`);
    return [{ dtype: x.dtype, shape: x.shape.map((old, index) => (index === normal ? length : old)) }];
  },
  gradient: ({ node, attributes: { axis, start, length }, cotangents, op, value }) => {
    const { shape } = value(node.inputs[0] as string);
    const size = shape[normalizeAxis(axis, shape.length) as number] as number;
    return [op('pad', [cotangents[0] as string], { axis, before: start, after: size - start - length })];
  },
  lower: ({ inputs, outputs, attributes: { axis, start, length }, emit }) => {
    emitCopy(emit, inputs[0] as Operand, outputs[0] as Operand, {
      axis,
      length,
      inputStart: start,
      outputStart: 0,
    });
  },
});
