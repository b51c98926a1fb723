import { integer } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { aroundAxis, normalizeAxis } from '../shared/axes.ts';

/**
 * The slices of data along `axis` that the int32 indices name, in their shape (ONNX Gather). Negative indices count from
 * the end; one outside gives zeros.
 */
export const gather = defineOp({
  name: 'gather',
  inputs: ['data', 'indices'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axis: integer({}, 0) },
  infer: ({ inputs: [data, indices], attributes, fail }) => {
    const axis = normalizeAxis(attributes.axis, data?.shape.length ?? 0);
    if (data === undefined || axis === undefined) return fail('no such axis', 'an axis of the data');
    if (indices?.dtype !== 'int32') return fail('the indices are not integers', 'int32 indices');
    return [
      { dtype: data.dtype, shape: [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)] },
    ];
  },
  gradient: ({ node, attributes: { axis }, cotangents, op, value }) => {
    const [data, indices] = node.inputs as [string, string];
    const inputShape = value(data).shape as readonly number[];
    return [op('gatherGradient', [cotangents[0] as string, indices], { axis, inputShape }), undefined];
  },
  lower: ({ inputs, outputs, attributes, emit }) => {
    const [input, indices] = inputs as [Operand, Operand];
    const output = outputs[0] as Operand;
    const { size, inner } = aroundAxis(input.shape, attributes.axis);
    emit({
      kernel: 'gather/forward',
      uniforms: { count: output.elements, inner, axis: size, indexCount: indices.elements },
      bindings: { input, indices, output },
      threads: output.elements,
      operations: output.elements,
    });
  },
});
