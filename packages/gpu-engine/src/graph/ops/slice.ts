import { integer } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';
import { emitCopy } from '../shared/copy.ts';

/** `length` slices of x along `axis`: start, start + step, … A negative step goes back. */
export const slice = defineOp({
  name: 'slice',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axis: integer({}), start: integer({ min: 0 }), length: integer({ min: 0 }), step: integer({}, 1) },
  infer: ({ inputs: [x], attributes: { axis, start, length, step }, fail }) => {
    const normal = normalizeAxis(axis, x?.shape.length ?? 0);
    if (x === undefined || normal === undefined) return fail('no such axis', 'an axis of x');
    const size = x.shape[normal];
    const last = start + (length - 1) * step;
    const isOutside = typeof size === 'number' && Math.max(start, last) >= size;
    if (length > 0 && (isOutside || last < 0)) return fail('the slice ends outside', `places from 0 to below ${size}`);
    return [{ dtype: x.dtype, shape: x.shape.map((old, index) => (index === normal ? length : old)) }];
  },
  gradient: ({ node, attributes: { axis, start, step }, cotangents, op, value }) => {
    const { shape } = value(node.inputs[0] as string);
    const size = shape[normalizeAxis(axis, shape.length) as number] as number;
    return [op('sliceGradient', [cotangents[0] as string], { axis, start, step, size })];
  },
  lower: ({ inputs, outputs, attributes: { axis, start, length, step }, emit }) => {
    emitCopy(emit, inputs[0] as Operand, outputs[0] as Operand, {
      axis,
      length,
      inputStart: start,
      inputStep: step,
      outputStart: 0,
    });
  },
});
