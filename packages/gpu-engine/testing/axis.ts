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

/** `shape` with another size along `axis`. */
export function withSize(shape: readonly number[], axis: number, size: number): number[] {
  return shape.map((old, index) => (index === axis ? size : old));
}

/** Cuts elements start … start + length - 1 along `axis`; its transpose puts them among zeros. */
export function slicing(shape: readonly number[], axis: number, start: number, length: number): LinearMap {
  const outputShape = withSize(shape, axis, length);
  const step = sizeOf(shape.slice(axis + 1));
  return {
    inputShape: shape,
    outputShape,
    entries(visit) {
      for (let output = 0; output < sizeOf(outputShape); output += 1) {
        const outer = Math.floor(output / (length * step));
        const within = output % (length * step);
        visit(output, (outer * shape[axis]! + start) * step + within, 1);
      }
    },
  };
}
