import { integer, number } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';
import { rowSizes } from '../shared/rows.ts';

/**
 * An axis of size `depth` put in at `axis`, with `onValue` where its place is the int32 index, else `offValue` (ONNX
 * OneHot), in float32. Negative indices count from the end of the depth; one outside has no `onValue`.
 */
export const oneHot = defineOp({
  name: 'oneHot',
  inputs: ['indices'],
  outputs: [''],
  integerInputs: [0],
  attributes: {
    depth: integer({ min: 1 }),
    axis: integer({}, -1),
    onValue: number({}, 1),
    offValue: number({}, 0),
  },
  infer: ({ inputs: [indices], attributes: { depth, axis }, fail }) => {
    const shape = indices?.shape ?? [];
    const normal = normalizeAxis(axis, shape.length + 1);
    if (normal === undefined) return fail('no such axis', `an axis of rank ${shape.length + 1}`);
    return [{ dtype: 'float32', shape: [...shape.slice(0, normal), depth, ...shape.slice(normal)] }];
  },
  gradient: () => [undefined],
  lower: ({ inputs, outputs, attributes: { axis, onValue, offValue }, emit }) => {
    const [givenIndices, values] = [inputs[0] as Operand, outputs[0] as Operand];
    emit({
      kernel: 'rows/oneHot',
      uniforms: { ...rowSizes(values.shape, axis), onValue, offValue },
      bindings: { givenIndices, values },
      threads: values.elements,
      operations: values.elements,
    });
  },
});
