import type { Random } from './random.ts';
import { drawShape } from './shapes.ts';
import { sizeOf } from './tensor.ts';

/** How the elements of a tensor fall into reduced ones. */
export interface Reduction {
  /** The reduced axes dropped, or kept with size 1. */
  readonly outputShape: readonly number[];
  /** How many elements make one output. */
  readonly count: number;
  /** Every input element in row-major order, with its output and its flat row-major index within the reduced axes. */
  readonly entries: (visit: (output: number, input: number, position: number) => void) => void;
}

export function reduction(shape: readonly number[], axes: readonly number[], keepDimensions: boolean): Reduction {
  const isReduced = shape.map((_, axis) => axes.includes(axis));
  return {
    outputShape: keepDimensions
      ? shape.map((size, axis) => (isReduced[axis] ? 1 : size))
      : shape.filter((_, axis) => !isReduced[axis]),
    count: sizeOf(shape.filter((_, axis) => isReduced[axis])),
    entries(visit) {
      for (let input = 0; input < sizeOf(shape); input += 1) {
        let rest = input;
        let [output, outputStep] = [0, 1];
        let [position, positionStep] = [0, 1];
        for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
          const size = shape[axis]!;
          const coordinate = rest % size;
          rest = Math.floor(rest / size);
          if (isReduced[axis]) {
            position += coordinate * positionStep;
            positionStep *= size;
          } else {
            output += coordinate * outputStep;
            outputStep *= size;
          }
        }
        visit(output, input, position);
      }
    },
  };
}

/** One reduction to test. */
export interface ReductionConfiguration {
  readonly shape: readonly number[];
  /** Ascending. */
  readonly axes: readonly number[];
  readonly keepDimensions: boolean;
}

const oddReductions: readonly (readonly [shape: readonly number[], axes: readonly number[]])[] = [
  [[1], [0]],
  [[0, 3], [1]],
  [[7], [0]],
  [[5003], [0]],
  [[1, 5003], [1]],
  [[5003, 1], [0]],
  [[5003, 1], [1]],
  [[3, 5], [0]],
  [[3, 5], [1]],
  [
    [3, 5],
    [0, 1],
  ],
  [
    [2, 3, 4, 5],
    [2, 3],
  ],
  [
    [2, 3, 4, 5],
    [0, 2, 3],
  ],
  [[2, 3, 4, 5], [1]],
  [[2, 3, 4, 5], [0]],
  [[2, 3, 4, 5], [3]],
  [
    [2, 3, 4, 5],
    [1, 3],
  ],
  [
    [2, 3, 4, 5],
    [0, 2],
  ],
  [
    [2, 3, 4, 5],
    [0, 1, 2, 3],
  ],
  [
    [1, 1, 1, 1],
    [0, 1, 2, 3],
  ],
  [
    [2, 1, 3, 1],
    [1, 3],
  ],
  [
    [2, 2, 3, 2, 2, 3],
    [0, 2, 5],
  ],
  [[70, 72], [0]],
  [[70, 72], [1]],
  [
    [3, 65, 33],
    [0, 2],
  ],
  [[1300, 2, 2], [0]],
];

export const reductionConfigurations = {
  odd: oddReductions.flatMap(([shape, axes]) =>
    [true, false].map((keepDimensions): ReductionConfiguration => ({ shape, axes, keepDimensions })),
  ),
  draw(random: Random): ReductionConfiguration {
    const shape = drawShape(random, random.integer(1, 6));
    const axes = shape.map((_, axis) => axis).filter(() => random.chance(0.45));
    if (axes.length === 0) axes.push(random.integer(0, shape.length - 1));
    return { shape, axes, keepDimensions: random.chance(0.5) };
  },
};
