import { integer } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';
import { emitPadGradient, padAttributes } from '../shared/padding.ts';

const { axis, before, mode } = padAttributes;

/** The adjoint of pad: every element of g is added to the one of the `size` along `axis` from which it was taken. */
export const padGradient = defineOp({
  name: 'padGradient',
  inputs: ['g'],
  outputs: [''],
  attributes: { axis, before, mode, size: integer({ min: 0 }) },
  infer: ({ inputs: [g], attributes, fail }) => {
    const normal = normalizeAxis(attributes.axis, g?.shape.length ?? 0);
    if (g === undefined || normal === undefined) return fail('no such axis', 'an axis of g');
    return [{ dtype: g.dtype, shape: g.shape.map((old, index) => (index === normal ? attributes.size : old)) }];
  },
  gradient: ({ node, attributes, cotangents, op, value }) => {
    const { shape } = value(node.inputs[0] as string);
    const padded = shape[normalizeAxis(attributes.axis, shape.length) as number] as number;
    const { size, ...rest } = attributes;
    return [op('pad', [cotangents[0] as string], { ...rest, after: padded - size - attributes.before })];
  },
  lower: ({ inputs, outputs, attributes, emit }) =>
    emitPadGradient(emit, inputs[0] as Operand, outputs[0] as Operand, attributes),
});
