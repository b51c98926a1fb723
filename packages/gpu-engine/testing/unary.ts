import type { Attributes } from '../src/graph/attributes.ts';
import { casesFrom } from './cases.ts';
import { Random } from './random.ts';
import type { OpSuite, Tolerance } from './reference.ts';
import { drawShape, oddShapes } from './shapes.ts';
import { mapTensor, required } from './tensor.ts';
import { float32 } from './values.ts';

/** A function of one variable, by its definition. */
export interface UnaryDefinition {
  readonly value: (x: number, attributes: Attributes) => number;
  /** Its derivative; absent where no gradient flows. */
  readonly slope?: (x: number, attributes: Attributes) => number;
  /** Ranges of x; one is drawn for each case, so that large magnitudes do not hide small ones. */
  readonly ranges: readonly (readonly [low: number, high: number])[];
  /** The range for finite differences; the first one by default. */
  readonly smoothRange?: readonly [low: number, high: number];
  /** Where the function or its slope jumps; these are drawn often, and avoided in smooth cases. */
  readonly kinks?: (attributes: Attributes) => readonly number[];
  /** Further values that are drawn often. */
  readonly special?: readonly number[];
  readonly attributes?: (random: Random) => Attributes;
  readonly tolerance?: Tolerance;
}

/** The shapes of elementwise ops, from scalars to more than one row of workgroups, with and without elements. */
export const elementwiseShapes = {
  odd: [[], [0], [2, 0, 3], [1], [3], ...oddShapes] as readonly (readonly number[])[],
  draw: (random: Random) => drawShape(random, random.integer(1, 6)),
};

export function unarySuite(op: string, definition: UnaryDefinition): OpSuite {
  const { value, slope, ranges, kinks = () => [], special = [], attributes: draw } = definition;
  return {
    op,
    outputs: ['float32'],
    differentiableInputs: slope === undefined ? [] : [0],
    differentiableOutputs: slope === undefined ? [] : [0],
    tolerance: definition.tolerance ?? { relative: 2e-6, absolute: 1e-6 },
    reference: {
      forward: (inputs, attributes) => [mapTensor(required(inputs, 0), (x) => value(x, attributes))],
      ...(slope === undefined
        ? {}
        : {
            vjp: (inputs, attributes, cotangents) => {
              const x = required(inputs, 0);
              return [mapTensor(required(cotangents, 0), (g, index) => g * slope(x.data[index]!, attributes))];
            },
          }),
    },
    cases: casesFrom(op, {
      odd: elementwiseShapes.odd.map((shape, index) => ({ shape, attributes: draw?.(new Random(index)) ?? {} })),
      draw: (random) => ({ shape: elementwiseShapes.draw(random), attributes: draw?.(random) ?? {} }),
      build: ({ shape, attributes }, values) => {
        const { random, smooth } = values;
        const corners = kinks(attributes);
        const [low, high] = smooth ? (definition.smoothRange ?? ranges[0]!) : random.pick(ranges);
        const often = [...corners, ...special].filter((x) => x >= low && x <= high);
        const drawValue = (): number => {
          const x = random.uniform(low, high);
          if (smooth) return corners.some((kink) => Math.abs(x - kink) < 0.01) ? drawValue() : x;
          return often.length > 0 && random.chance(0.15) ? random.pick(often) : x;
        };
        return { inputs: [float32(shape, drawValue)], attributes };
      },
    }),
  };
}
