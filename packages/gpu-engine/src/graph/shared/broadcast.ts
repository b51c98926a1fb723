import { mayEqual, type Dimension } from '../dimension.ts';
import type { GradientContext } from '../op.ts';
import { sameShape, stridesOf } from './axes.ts';

/** numpy's rule: shapes are aligned at their last axes, and a size of 1 repeats. Undefined where they do not fit. */
export function broadcastShapes(a: readonly Dimension[], b: readonly Dimension[]): readonly Dimension[] | undefined {
  const rank = Math.max(a.length, b.length);
  const result: Dimension[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const x = a[a.length - rank + axis] ?? 1;
    const y = b[b.length - rank + axis] ?? 1;
    if (!mayEqual(x, y) && x !== 1 && y !== 1) return undefined;
    // Of a number and a symbol that must be equal, the number says more.
    result.push(x === 1 || (typeof y === 'number' && y !== 1) ? y : x);
  }
  return result;
}

/** Strides for reading `shape` as if it had the shape `output`: 0 where a dimension repeats. */
export function broadcastStrides(shape: readonly number[], output: readonly number[]): number[] {
  const strides = stridesOf(shape);
  return output.map((_, axis) => {
    const own = axis - (output.length - shape.length);
    return own < 0 || shape[own] === 1 ? 0 : (strides[own] as number);
  });
}

/**
 * Merges neighbouring dimensions that every operand walks through in one stride, so that kernels loop over few.
 * `strides` has one list an operand. Dimensions of size 1 vanish; at least one dimension is left.
 */
export function mergeDimensions(
  sizes: readonly number[],
  strides: readonly (readonly number[])[],
): { sizes: number[]; strides: number[][] } {
  const merged = { sizes: [] as number[], strides: strides.map(() => [] as number[]) };
  sizes.forEach((size, axis) => {
    if (size === 1) return;
    const last = merged.sizes.length - 1;
    const own = strides.map((list) => list[axis] as number);
    const fits = last >= 0 && merged.strides.every((list, k) => list[last] === (own[k] as number) * size);
    if (fits) {
      merged.sizes[last] = (merged.sizes[last] as number) * size;
      merged.strides.forEach((list, k) => (list[last] = own[k] as number));
    } else {
      merged.sizes.push(size);
      merged.strides.forEach((list, k) => list.push(own[k] as number));
    }
  });
  if (merged.sizes.length === 0) {
    merged.sizes.push(1);
    merged.strides.forEach((list) => list.push(0));
  }
  return merged;
}

/** The adjoint of broadcasting: adds the cotangent up over the dimensions that were repeated from `name`'s shape. */
export function sumToShapeOf(context: Pick<GradientContext, 'value' | 'op'>, cotangent: string, name: string): string {
  const from = context.value(cotangent).shape;
  const to = context.value(name).shape;
  if (sameShape(from, to)) return cotangent;
  const lead = from.length - to.length;
  const axes = from.flatMap((size, axis) => (axis < lead || (to[axis - lead] === 1 && size !== 1) ? [axis] : []));
  const summed = axes.length === 0 ? cotangent : context.op('reduceSum', [cotangent], { axes, keepDimensions: true });
  if (lead === 0) return summed;
  return context.op('reshape', [summed], { shape: to as readonly number[], allowZero: true });
}
