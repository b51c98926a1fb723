import { integers } from '../attributes.ts';
import type { Dimension } from '../dimension.ts';
import { productOfDimensions } from '../dimension.ts';
import { defineOp } from '../op.ts';

/** The same elements in another shape (ONNX Reshape: 0 copies the size at this place, one -1 takes what is left). */
export const reshape = defineOp({
  name: 'reshape',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { shape: integers({ min: -1 }) },
  infer: ({ inputs: [x], attributes, fail }) => {
    if (x === undefined) return fail('x is missing', 'a tensor');
    const wanted: Dimension[] = attributes.shape.map((size, axis) => (size === 0 ? (x.shape[axis] ?? 0) : size));
    const open = wanted.indexOf(-1);
    if (open >= 0) wanted[open] = remaining(x.shape, attributes.shape, wanted);
    const [before, after] = [productOfDimensions(x.shape), productOfDimensions(wanted)];
    const mismatch = typeof before === 'number' && typeof after === 'number' && before !== after;
    if (mismatch || wanted.some((size) => typeof size === 'number' && !(size >= 1 && Number.isInteger(size)))) {
      return fail('the elements do not fill the shape', `${attributes.shape.join('x')}`);
    }
    return [{ dtype: x.dtype, shape: wanted }];
  },
  gradient: ({ node, cotangents, op, value }) => [
    op('reshape', [cotangents[0] as string], { shape: value(node.inputs[0] as string).shape as readonly number[] }),
  ],
});

/** What -1 stands for. Copied sizes cancel, so that a symbolic batch stays out of the division. */
function remaining(shape: readonly Dimension[], template: readonly number[], wanted: readonly Dimension[]): Dimension {
  const copied = new Set(template.flatMap((size, axis) => (size === 0 ? [axis] : [])));
  const above = productOfDimensions(shape.filter((_, axis) => !copied.has(axis)));
  const below = productOfDimensions(wanted.filter((size, axis) => !copied.has(axis) && size !== -1));
  return typeof above === 'number' && typeof below === 'number' ? above / below : `(${above}) / (${below})`;
}
