import type { Random } from './random.ts';
import { sizeOf } from './tensor.ts';

/** A feature map's shape (N, C, H, W) with up to about 3000 elements; often with odd sizes or sizes of 1. */
export function drawMapShape(random: Random): [number, number, number, number] {
  const n = random.pick([1, 1, 2, 3, 5]);
  const c = random.pick([1, 2, 3, 4, 5, 7, 8, 12]);
  const limit = Math.max(1, Math.min(30, Math.floor(Math.sqrt(3000 / (n * c)))));
  return [n, c, random.integer(1, limit), random.integer(1, limit)];
}

/** A shape of the given rank with up to 4000 elements, some of its sizes 1. */
export function drawShape(random: Random, rank: number): number[] {
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis += 1) {
    const limit = Math.max(1, Math.floor((4000 / sizeOf(shape)) ** (1 / (rank - axis))));
    shape.push(random.chance(0.15) ? 1 : random.integer(1, Math.min(limit + 3, 60)));
  }
  return sizeOf(shape) <= 4000 ? shape : drawShape(random, rank);
}

/** Shapes on which elementwise and per-channel ops tend to go wrong: rank >= 2, single elements, partial vectors, more than one dispatch row. */
export const oddShapes: readonly (readonly number[])[] = [
  [1, 1],
  [1, 5],
  [7, 1],
  [1, 1, 1, 1],
  [1, 3, 1, 1],
  [3, 1, 5, 5],
  [2, 5, 3, 7],
  [1, 4, 8, 8],
  [2, 7, 1, 1],
  [1, 130, 3, 3],
  [5, 3, 1, 9],
  [2, 3, 5],
  [2, 3, 2, 3, 2],
  [1, 63],
  [1, 64],
  [1, 65],
  [3, 257],
  [1, 1, 1, 5003],
  [1, 5003, 1, 1],
  [129, 2, 2, 3],
  [2, 3, 65, 66],
];
