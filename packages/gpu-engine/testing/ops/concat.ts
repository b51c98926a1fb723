import { numberAttribute } from '../attributes.ts';
import { slicing, withSize } from '../axis.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed } from '../linear-map.ts';
import type { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { drawShape } from '../shapes.ts';
import { required, zeros } from '../tensor.ts';

interface Configuration {
  /** The shape of every part, but for `axis`. */
  readonly shape: readonly number[];
  readonly axis: number;
  readonly sizes: readonly number[];
}

const odd: readonly Configuration[] = [
  { shape: [1], axis: 0, sizes: [1, 1] },
  { shape: [1, 1, 1, 1], axis: 1, sizes: [1, 2] },
  { shape: [2, 0, 5, 3], axis: 1, sizes: [3, 4] },
  { shape: [1, 0, 4, 4], axis: 1, sizes: [4, 8] },
  { shape: [3, 0, 2, 2], axis: 1, sizes: [1, 5, 7] },
  { shape: [0, 3, 2, 2], axis: 0, sizes: [1, 2, 1] },
  { shape: [2, 3, 0, 4], axis: 2, sizes: [1, 3] },
  { shape: [2, 3, 4, 0], axis: 3, sizes: [5, 1, 2] },
  { shape: [5, 0], axis: 1, sizes: [3, 1] },
  { shape: [2, 0, 3, 3], axis: 1, sizes: [1, 2, 3, 4, 5, 6, 7] },
  { shape: [2, 0, 3, 3], axis: 1, sizes: [1, 2, 3, 4, 5, 6, 7, 8] },
  { shape: [2, 0, 3, 3], axis: 1, sizes: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
  { shape: [1, 0, 2, 3], axis: 1, sizes: [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1] },
  { shape: [3, 0], axis: 1, sizes: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
  { shape: [0, 2], axis: 0, sizes: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
  { shape: [1, 0], axis: 1, sizes: [5003, 1, 64] },
  { shape: [2, 2, 0, 2, 2, 2], axis: 2, sizes: [2, 3] },
];

function draw(random: Random): Configuration {
  const shape = drawShape(random, random.integer(1, 5)).map((size) => Math.min(size, 8));
  const count = random.pick([2, 2, 2, 3, 3, 4, 5, 8, 9, 10, 12]);
  return {
    shape,
    axis: random.integer(0, shape.length - 1),
    sizes: Array.from({ length: count }, () => random.integer(1, 9)),
  };
}

/** concat(...parts) along `axis`; 2 to 12 parts, since a shader has only 8 storage bindings. */
export const concat: OpSuite = {
  op: 'concat',
  outputs: ['float32'],
  differentiableInputs: 'all',
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const axis = numberAttribute(attributes, 'axis');
      const total = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0);
      const y = zeros(withSize(required(inputs, 0).shape, axis, total));
      let start = 0;
      for (const part of inputs) {
        const placed = applyTransposed(slicing(y.shape, axis, start, part.shape[axis]!), part);
        placed.data.forEach((value, index) => {
          y.data[index]! += value;
        });
        start += part.shape[axis]!;
      }
      return [y];
    },
    vjp(inputs, attributes, cotangents) {
      const axis = numberAttribute(attributes, 'axis');
      const g = required(cotangents, 0);
      let start = 0;
      return inputs.map((part) => {
        const gradient = apply(slicing(g.shape, axis, start, part.shape[axis]!), g);
        start += part.shape[axis]!;
        return gradient;
      });
    },
  },
  cases: casesFrom('concat', {
    odd,
    draw,
    build: ({ shape, axis, sizes }, values) => ({
      inputs: sizes.map((size) => values.general(withSize(shape, axis, size))),
      attributes: { axis },
    }),
  }),
};
