import { integer, integers } from '../attributes.ts';
import { defineOp } from '../op.ts';
import { sameShape } from '../shared/axes.ts';
import { fitsElements, lowerElements } from '../shared/gathering.ts';

/** The adjoint of gatherElements: zeros of `inputShape`, each g added where its index says. */
export const gatherElementsGradient = defineOp({
  name: 'gatherElementsGradient',
  inputs: ['g', 'indices'],
  outputs: [''],
  integerInputs: [1],
  attributes: { axis: integer({}, 0), inputShape: integers({ min: 0 }) },
  infer: ({ inputs: [g, indices], attributes: { axis, inputShape }, fail }) => {
    const shape = indices?.shape ?? [];
    return sameShape(g?.shape ?? [], shape) && fitsElements(inputShape, shape, axis)
      ? [{ dtype: 'float32', shape: inputShape }]
      : fail('g and the indices do not fit', `one shape, no larger than ${inputShape.join('x')} but along the axis`);
  },
  gradient: ({ node, attributes: { axis }, cotangents, op }) => [
    op('gatherElements', [cotangents[0] as string, node.inputs[1] as string], { axis }),
    undefined,
  ],
  lower: (context) => lowerElements(context, 'gradient'),
});
