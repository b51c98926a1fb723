import { integers } from '../attributes.ts';
import { mayEqual } from '../dimension.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';

/** x without these axes of size 1; without all of them where none is named (ONNX Squeeze). */
export const squeeze = defineOp({
  name: 'squeeze',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axes: integers({}, []) },
  infer: ({ inputs: [x], attributes, fail }) => {
    const shape = x?.shape ?? [];
    const named = attributes.axes.map((axis) => normalizeAxis(axis, shape.length) ?? -1);
    const dropped = named.length > 0 ? named : shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
    if (!dropped.every((axis) => mayEqual(shape[axis], 1)))
      return fail('an axis does not have size 1', 'axes of size 1');
    return [{ dtype: x?.dtype ?? 'float32', shape: shape.filter((_, axis) => !dropped.includes(axis)) }];
  },
  gradient: ({ node, cotangents, op, value }) => [
    op('reshape', [cotangents[0] as string], {
      shape: value(node.inputs[0] as string).shape as readonly number[],
      allowZero: true,
    }),
  ],
});
