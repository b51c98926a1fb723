import { number } from '../attributes.ts';
import { addDimensions } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';
import { emitPad, padAttributes } from '../shared/padding.ts';

/**
 * x with `before` and `after` elements more along `axis` (fewer where they are negative), filled with `value`, or from x
 * as in ONNX Pad: `reflect` mirrors at the outermost elements, `edge` repeats them, `wrap` goes on periodically. Several
 * axes are padded one after another.
 */
export const pad = defineOp({
  name: 'pad',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { ...padAttributes, value: number({}, 0) },
  infer: ({ inputs: [x], attributes: { axis, before, after, mode }, fail }) => {
    const normal = normalizeAxis(axis, x?.shape.length ?? 0);
    if (x === undefined || normal === undefined) return fail('no such axis', 'an axis of x');
    const size = x.shape[normal];
    if (typeof size === 'number' && size + before + after < 0)
      return fail('more is cut off than there is', 'at most x');
    if (size === 0 && mode !== 'constant' && before + after > 0)
      return fail('nothing to repeat', 'an axis with elements');
    const shape = x.shape.map((old, index) => (index === normal ? addDimensions(old, before + after) : old));
    return [{ dtype: x.dtype, shape }];
  },
  gradient: ({ node, attributes: { axis, before, mode }, cotangents, op, value }) => {
    const { shape } = value(node.inputs[0] as string);
    const size = shape[normalizeAxis(axis, shape.length) as number] as number;
    return [op('padGradient', [cotangents[0] as string], { axis, before, size, mode })];
  },
  lower: ({ inputs, outputs, attributes, emit }) =>
    emitPad(emit, inputs[0] as Operand, outputs[0] as Operand, attributes),
});
