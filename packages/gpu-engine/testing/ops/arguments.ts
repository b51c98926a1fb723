import { flagAttribute, numberAttribute } from '../attributes.ts';
import { forEachLine, withSize } from '../axis.ts';
import { casesFrom } from '../cases.ts';
import type { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { drawShape } from '../shapes.ts';
import { required, zeros } from '../tensor.ts';

interface Configuration {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly keepDimensions: boolean;
  readonly selectLast: boolean;
}

const oddAxes: readonly (readonly [shape: readonly number[], axis: number])[] = [
  [[1], 0],
  [[5003], 0],
  [[7, 10], 1],
  [[7, 10], 0],
  [[7, 10], -1],
  [[0, 3], 1],
  [[2, 5, 3, 3], 1],
  [[2, 5, 3, 3], -3],
  [[2, 2, 3, 2, 2, 3], 2],
  [[65, 66], 0],
];

/** Shapes with an axis. */
export const axisConfigurations = {
  odd: oddAxes.map(([shape, axis]) => ({ shape, axis })),
  draw(random: Random) {
    const shape = drawShape(random, random.integer(1, 6));
    return { shape, axis: random.integer(-shape.length, shape.length - 1) };
  },
};

/** argMax or argMin along an axis: the first of equal ones, or the last. */
function suite(op: string, isBetter: (x: number, best: number) => boolean): OpSuite {
  return {
    op,
    outputs: ['int32'],
    differentiableInputs: [],
    differentiableOutputs: [],
    reference: {
      forward(inputs, attributes) {
        const x = required(inputs, 0);
        const axis = numberAttribute(attributes, 'axis');
        const normal = axis < 0 ? axis + x.shape.length : axis;
        const positions = zeros(withSize(x.shape, normal, 1));
        let line = 0;
        forEachLine(x.shape, normal, (start, step, length) => {
          let best = 0;
          for (let index = 1; index < length; index += 1) {
            const [value, old] = [x.data[start + index * step]!, x.data[start + best * step]!];
            if (isBetter(value, old) || (value === old && flagAttribute(attributes, 'selectLast'))) best = index;
          }
          positions.data[line] = best;
          line += 1;
        });
        if (flagAttribute(attributes, 'keepDimensions')) return [positions];
        return [{ shape: x.shape.filter((_, index) => index !== normal), data: positions.data }];
      },
    },
    cases: casesFrom<Configuration>(op, {
      odd: axisConfigurations.odd.flatMap((configuration) =>
        [true, false].map((flag) => ({ ...configuration, keepDimensions: flag, selectLast: !flag })),
      ),
      draw: (random) => ({
        ...axisConfigurations.draw(random),
        keepDimensions: random.chance(0.5),
        selectLast: random.chance(0.5),
      }),
      build: ({ shape, ...attributes }, values) => ({
        inputs: [values.withTies(shape)],
        attributes: { ...attributes },
      }),
    }),
  };
}

export const argMax = suite('argMax', (x, best) => x > best);
export const argMin = suite('argMin', (x, best) => x < best);
