import { boolean, integers } from '../attributes.ts';
import type { Dimension } from '../dimension.ts';
import { productOfDimensions } from '../dimension.ts';
import { defineOp } from '../op.ts';

/**
 * The same elements in another shape (ONNX Reshape: 0 copies the size at this place, or is 0 with `allowZero`; one -1
 * takes what is left).
 */
export const reshape = defineOp({
  name: 'reshape',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { shape: integers({ min: -1 }), allowZero: boolean(false) },
  infer: ({ inputs: [x], attributes, fail }) => {
    if (x === undefined) return fail('x is missing', 'a tensor');
    const isCopied = (size: number) => size === 0 && !attributes.allowZero;
    const wanted: Dimension[] = attributes.shape.map((size, axis) => (isCopied(size) ? (x.shape[axis] ?? -2) : size));
    const open = wanted.indexOf(-1);
    if (open >= 0) wanted[open] = remaining(x.shape, attributes.shape.map(isCopied), wanted);
    const [before, after] = [productOfDimensions(x.shape), productOfDimensions(wanted)];
    const mismatch = typeof before === 'number' && typeof after === 'number' && before !== after;
    if (mismatch || wanted.some((size) => typeof size === 'number' && !(size >= 0 && Number.isInteger(size)))) {
      return fail('the elements do not fill the shape', attributes.shape.join('x'));
    }
    return [{ dtype: x.dtype, shape: wanted }];
  },
  gradient: ({ node, cotangents, op, value }) => [
    op('reshape', [cotangents[0] as string], {
      shape: value(node.inputs[0] as string).shape as readonly number[],
      allowZero: true,
    }),
  ],
});

/** What -1 stands for. Copied sizes cancel, so that a symbolic batch stays out of the division. */
function remaining(shape: readonly Dimension[], copied: readonly boolean[], wanted: readonly Dimension[]): Dimension {
  const above = productOfDimensions(shape.filter((_, axis) => copied[axis] !== true));
  const below = productOfDimensions(wanted.filter((size, axis) => copied[axis] !== true && size !== -1));
  return typeof above === 'number' && typeof below === 'number' ? above / below : `(${above}) / (${below})`;
}
