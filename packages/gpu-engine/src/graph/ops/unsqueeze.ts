import { integers } from '../attributes.ts';
import type { Dimension } from '../dimension.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';

/** x with axes of size 1 put in; `axes` count in the result (ONNX Unsqueeze). */
export const unsqueeze = defineOp({
  name: 'unsqueeze',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axes: integers({}) },
  infer: ({ inputs: [x], attributes, fail }) => {
    const rank = (x?.shape.length ?? 0) + attributes.axes.length;
    const added = new Set(attributes.axes.map((axis) => normalizeAxis(axis, rank) ?? -1));
    if (added.has(-1) || added.size < attributes.axes.length)
      return fail('the axes do not fit', `axes of rank ${rank}, once`);
    const rest = [...(x?.shape ?? [])];
    const shape = Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (rest.shift() as Dimension)));
    return [{ dtype: x?.dtype ?? 'float32', shape }];
  },
  gradient: ({ node, cotangents, op, value }) => [
    op('reshape', [cotangents[0] as string], {
      shape: value(node.inputs[0] as string).shape as readonly number[],
      allowZero: true,
    }),
  ],
});
