import type { LinearMap } from './linear-map.ts';
import type { Random } from './random.ts';
import { drawShape } from './shapes.ts';
import { sizeOf } from './tensor.ts';

/** The common shape of two operands under numpy's rule: aligned at the last axis, sizes equal or 1. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) throw new RangeError(`${a.join('x')} against ${b.join('x')}`);
    return left === 1 ? right : left;
  });
}

/** For every element of `to`, the flat index of the element of `from` that broadcasting puts there. */
export function broadcastIndices(from: readonly number[], to: readonly number[]): number[] {
  return Array.from({ length: sizeOf(to) }, (_, output) => {
    let rest = output;
    let [index, step] = [0, 1];
    for (let axis = to.length - 1; axis >= 0; axis -= 1) {
      const size = from[axis - to.length + from.length] ?? 1;
      const coordinate = rest % to[axis]!;
      rest = Math.floor(rest / to[axis]!);
      if (size !== 1) index += coordinate * step;
      step *= size;
    }
    return index;
  });
}

/** Broadcasting as a linear map; its transpose sums over what was repeated. */
export function broadcast(from: readonly number[], to: readonly number[]): LinearMap {
  return {
    inputShape: from,
    outputShape: to,
    entries: (visit) => broadcastIndices(from, to).forEach((input, output) => visit(output, input, 1)),
  };
}

type Shapes = readonly [a: readonly number[], b: readonly number[]];

/** Operand shapes: equal, one a scalar, per channel, per row, repeated on both sides, rank 6, long sums. */
export const oddOperands: readonly Shapes[] = [
  [[], []],
  [[1], []],
  [[], [2, 3]],
  [[1, 1], [1]],
  [[5], [5]],
  [
    [2, 3, 4, 5],
    [2, 3, 4, 5],
  ],
  [
    [2, 3, 4, 5],
    [1, 3, 1, 1],
  ],
  [
    [1, 3, 1, 1],
    [2, 3, 4, 5],
  ],
  [
    [2, 3, 4, 5],
    [3, 1, 1],
  ],
  [[2, 3, 4, 5], [5]],
  [
    [2, 3, 4, 5],
    [4, 1],
  ],
  [
    [2, 1, 4, 1],
    [1, 3, 1, 5],
  ],
  [
    [7, 1],
    [1, 9],
  ],
  [
    [2, 5, 3, 3],
    [2, 1, 3, 3],
  ],
  [
    [2, 5, 3, 3],
    [2, 5, 1, 1],
  ],
  [
    [2, 1, 3, 1, 2, 1],
    [1, 3, 1, 2, 1, 3],
  ],
  [
    [2, 2, 2, 3, 2, 3],
    [2, 2, 2, 3, 2, 3],
  ],
  [
    [2, 1, 2, 3, 2, 3],
    [2, 1, 1, 3],
  ],
  [
    [1, 1, 1, 1],
    [3, 1, 2, 2],
  ],
  [[5003], [1]],
  [[1], [5003]],
  [
    [1, 5003],
    [1, 1],
  ],
  [
    [5003, 1],
    [1, 1],
  ],
  [[70, 72], [72]],
  [
    [70, 72],
    [70, 1],
  ],
  [
    [1, 65, 66],
    [3, 1, 1],
  ],
  [[20_003], [20_003]],
];

/** Operands that broadcast together, up to rank 6. */
export function drawOperands(random: Random): Shapes {
  const shape = drawShape(random, random.integer(1, 6));
  const operand = () => {
    const kept = shape.slice(random.chance(0.2) ? random.integer(0, shape.length - 1) : 0);
    return kept.map((size) => (random.chance(0.25) ? 1 : size));
  };
  const kind = random.uniform();
  if (kind < 0.2) return [shape, shape];
  if (kind < 0.5) return [shape, operand()];
  if (kind < 0.7) return [operand(), shape];
  return [operand(), operand()];
}
