import { integer } from '../attributes.ts';
import { defineOp } from '../op.ts';
import { fitsElements, lowerElements } from '../shared/gathering.ts';

/**
 * For each int32 index the element of data at its own place, but along `axis` at the index (ONNX GatherElements).
 * Negative indices count from the end; one outside gives 0.
 */
export const gatherElements = defineOp({
  name: 'gatherElements',
  inputs: ['data', 'indices'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axis: integer({}, 0) },
  infer: ({ inputs: [data, indices], attributes: { axis }, fail }) => {
    const fits = indices?.dtype === 'int32' && fitsElements(data?.shape ?? [], indices.shape, axis);
    return fits && data !== undefined
      ? [{ dtype: data.dtype, shape: indices.shape }]
      : fail('the indices do not fit', 'int32 indices of the rank of the data, no larger but along the axis');
  },
  gradient: ({ node, attributes: { axis }, cotangents, op, value }) => {
    const [data, indices] = node.inputs as [string, string];
    const inputShape = value(data).shape as readonly number[];
    return [op('gatherElementsGradient', [cotangents[0] as string, indices], { axis, inputShape }), undefined];
  },
  lower: (context) => lowerElements(context, 'forward'),
});
