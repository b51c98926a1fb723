import { integer } from '../attributes.ts';
import { productOfDimensions } from '../dimension.ts';
import { defineOp } from '../op.ts';
import { normalizeAxis } from '../shared/axes.ts';

/** The same elements as a matrix: dimensions before `axis`, and from `axis` on, are multiplied up. */
export const flatten = defineOp({
  name: 'flatten',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axis: integer({}, 1) },
  infer: ({ inputs: [x], attributes, fail }) => {
    const rank = x?.shape.length ?? 0;
    const axis = attributes.axis === rank ? rank : normalizeAxis(attributes.axis, rank);
    if (x === undefined || axis === undefined) return fail('no such axis', `${-rank} to ${rank}`);
    const shape = [productOfDimensions(x.shape.slice(0, axis)), productOfDimensions(x.shape.slice(axis))];
    return [{ dtype: x.dtype, shape }];
  },
  gradient: ({ node, cotangents, op, value }) => [
    op('reshape', [cotangents[0] as string], {
      shape: value(node.inputs[0] as string).shape as readonly number[],
      allowZero: true,
    }),
  ],
});
