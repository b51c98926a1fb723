import { integers } from '../attributes.ts';
import { defineOp } from '../op.ts';
import { sameShape } from '../shared/axes.ts';
import { keptShape, lowerProductGradient, reducedAxes } from '../shared/reduction.ts';

/** g times the product, over the axes, of all other x: the cotangent of x in reduceProd. g has the axes with size 1. */
export const reduceProdGradient = defineOp({
  name: 'reduceProdGradient',
  inputs: ['g', 'x'],
  outputs: [''],
  attributes: { axes: integers({}, []) },
  infer: ({ inputs: [g, x], attributes: { axes }, fail }) => {
    const shape = x?.shape ?? [];
    const fits =
      !reducedAxes(axes, shape.length).has(-1) &&
      sameShape(g?.shape ?? [], keptShape(shape as readonly number[], axes));
    return fits ? [{ dtype: 'float32', shape }] : fail('g does not fit x', 'the shape of x with size 1 at the axes');
  },
  lower: lowerProductGradient,
});
