import { mayEqual, type Dimension } from '../dimension.ts';
import { elementCount } from '../tensor-data.ts';

/** The axis counted from the front, or undefined where the rank has no such axis. Negative axes count from the end. */
export function normalizeAxis(axis: number, rank: number): number | undefined {
  const normal = axis < 0 ? axis + rank : axis;
  return normal >= 0 && normal < rank ? normal : undefined;
}

/** A shape seen as [outer, axis, inner], as most kernels that work along one dimension want it. */
export function aroundAxis(shape: readonly number[], axis: number): { outer: number; size: number; inner: number } {
  const normal = axis < 0 ? axis + shape.length : axis;
  return {
    outer: elementCount(shape.slice(0, normal)),
    size: shape[normal] ?? 1,
    inner: elementCount(shape.slice(normal + 1)),
  };
}

/** Row-major strides in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
}

/** Up to eight numbers as the two vec4<u32> of a uniform, filled up with `filler`. */
export function eight(values: readonly number[], filler: number): number[] {
  return Array.from({ length: 8 }, (_, index) => values[index] ?? filler);
}

/** Whether two shapes are equal as far as is known (see {@link mayEqual}). */
export function sameShape(a: readonly Dimension[], b: readonly Dimension[]): boolean {
  return a.length === b.length && a.every((size, axis) => mayEqual(size, b[axis]));
}
