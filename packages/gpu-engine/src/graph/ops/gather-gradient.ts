import { integer, integers } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { aroundAxis, normalizeAxis, sameShape } from '../shared/axes.ts';

/** The adjoint of gather: zeros of `inputShape`, each slice of g added where its index says. */
export const gatherGradient = defineOp({
  name: 'gatherGradient',
  inputs: ['g', 'indices'],
  outputs: [''],
  integerInputs: [1],
  attributes: { axis: integer({}, 0), inputShape: integers({ min: 0 }) },
  infer: ({ inputs: [g, indices], attributes: { axis, inputShape }, fail }) => {
    const normal = normalizeAxis(axis, inputShape.length) ?? 0;
    const wanted = [...inputShape.slice(0, normal), ...(indices?.shape ?? []), ...inputShape.slice(normal + 1)];
    return sameShape(g?.shape ?? [], wanted)
      ? [{ dtype: 'float32', shape: inputShape }]
      : fail('g does not fit', wanted.join('x'));
  },
  gradient: ({ node, attributes: { axis }, cotangents, op }) => [
    op('gather', [cotangents[0] as string, node.inputs[1] as string], { axis }),
    undefined,
  ],
  lower: ({ inputs, outputs, attributes, emit }) => {
    const [cotangent, indices] = inputs as [Operand, Operand];
    const sum = outputs[0] as Operand;
    const { size, inner } = aroundAxis(sum.shape, attributes.axis);
    emit({
      kernel: 'gather/gradient',
      uniforms: { count: sum.elements, inner, axis: size, indexCount: indices.elements },
      bindings: { cotangent, indices, sum },
      threads: sum.elements,
      operations: sum.elements * indices.elements,
    });
  },
});
