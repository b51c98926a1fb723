import type { LinearMap } from './linear-map.ts';
import { sizeOf } from './tensor.ts';

/** Visits every line of a tensor along `axis`: its elements are at start, start + step, … (`length` of them). */
export function forEachLine(
  shape: readonly number[],
  axis: number,
  visit: (start: number, step: number, length: number) => void,
): void {
  const length = shape[axis]!;
  const step = sizeOf(shape.slice(axis + 1));
  for (let outer = 0; outer < sizeOf(shape.slice(0, axis)); outer += 1) {
    for (let inner = 0; inner < step; inner += 1) visit(outer * length * step + inner, step, length);
  }
}

/** `shape` with another size along `axis`, which may count from the end. */
export function withSize(shape: readonly number[], axis: number, size: number): number[] {
  return shape.map((old, index) => (index === axis || index === axis + shape.length ? size : old));
}

/** Takes these places along `axis`, in this order; a place that is undefined stays zero. */
export function taking(shape: readonly number[], axis: number, places: readonly (number | undefined)[]): LinearMap {
  const normal = axis < 0 ? axis + shape.length : axis;
  const outputShape = withSize(shape, normal, places.length);
  const step = sizeOf(shape.slice(normal + 1));
  return {
    inputShape: shape,
    outputShape,
    entries(visit) {
      for (let output = 0; output < sizeOf(outputShape); output += 1) {
        const place = places[Math.floor(output / step) % places.length];
        const outer = Math.floor(output / (places.length * step));
        if (place !== undefined) visit(output, (outer * shape[normal]! + place) * step + (output % step), 1);
      }
    },
  };
}

/** Cuts elements start … start + length - 1 along `axis`; its transpose puts them among zeros. */
export function slicing(shape: readonly number[], axis: number, start: number, length: number): LinearMap {
  return taking(
    shape,
    axis,
    Array.from({ length }, (_, index) => start + index),
  );
}
