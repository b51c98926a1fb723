import { boolean, integer } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';
import { rowSizes } from '../shared/rows.ts';

/**
 * The k largest (or smallest) elements along `axis`, and their int32 indices (ONNX TopK). They are always sorted, best
 * first; of equal ones the first comes first, and a NaN counts as the largest. The gradient flows to those chosen.
 */
export const topK = defineOp({
  name: 'topK',
  inputs: ['x'],
  outputs: ['', 'indices'],
  integerInputs: 'all',
  attributes: { axis: integer({}, -1), k: integer({ min: 0 }), largest: boolean(true) },
  infer: ({ inputs: [x], attributes: { axis, k }, fail }) => {
    const normal = normalizeAxis(axis, x?.shape.length ?? 0);
    if (x === undefined || normal === undefined) return fail('no such axis', 'an axis of x');
    const size = x.shape[normal];
    if (typeof size === 'number' && k > size) return fail('fewer elements than k', `k up to ${size}`);
    const shape = x.shape.map((old, index) => (index === normal ? k : old));
    return [
      { dtype: x.dtype, shape },
      { dtype: 'int32', shape },
    ];
  },
  gradient: ({ node, attributes: { axis }, cotangents, op, value }) => [
    op('gatherElementsGradient', [cotangents[0] as string, node.outputs[1] as string], {
      axis,
      inputShape: value(node.inputs[0] as string).shape as readonly number[],
    }),
  ],
  lower: ({ inputs, outputs, attributes: { axis, k, largest }, emit }) => {
    const input = inputs[0] as Operand;
    const [values, indices] = outputs as [Operand, Operand];
    const sizes = rowSizes(input.shape, axis);
    emit({
      kernel: 'rows/topK',
      variant: { LARGEST: largest ? 1 : 0, INTEGER: input.dtype === 'int32' ? 1 : 0 },
      uniforms: { ...sizes, k },
      bindings: { input, values, indices },
      threads: sizes.rows,
      operations: input.elements * (k + 1),
    });
  },
});
