import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute } from '../attributes.ts';
import { slicing, withSize } from '../axis.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import type { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { drawShape } from '../shapes.ts';
import { required } from '../tensor.ts';

interface Configuration {
  readonly shape: readonly number[];
  readonly axis: number;
  /** What is cut off, or added, on each side. */
  readonly before: number;
  readonly after: number;
}

function configuration(shape: readonly number[], axis: number, before: number, after: number): Configuration {
  return { shape, axis, before, after };
}

const odd: readonly Configuration[] = [
  configuration([1], 0, 0, 0),
  configuration([5], 0, 4, 0),
  configuration([5], 0, 0, 4),
  configuration([2, 3, 4, 5], 0, 1, 0),
  configuration([2, 7, 4, 5], 1, 2, 1),
  configuration([2, 8, 4, 4], 1, 4, 0),
  configuration([2, 3, 7, 5], 2, 1, 3),
  configuration([2, 3, 4, 9], 3, 3, 5),
  configuration([1, 5, 1, 1], 1, 0, 1),
  configuration([3, 5, 2], 1, 0, 0),
  configuration([1, 5003], 1, 1, 1),
  configuration([5003, 1], 0, 2500, 1),
  configuration([2, 2, 3, 2, 2, 2], 2, 1, 1),
  configuration([65, 66], 0, 1, 0),
];

function draw(random: Random): Configuration {
  const shape = drawShape(random, random.integer(1, 6));
  const axis = random.integer(0, shape.length - 1);
  const size = shape[axis]!;
  const before = random.integer(0, size - 1);
  return { shape, axis, before, after: random.integer(0, size - 1 - before) };
}

/** slice(x) -> elements start … start + length - 1 along `axis`. */
export const slice: OpSuite = {
  op: 'slice',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      return [apply(sliceOf(x.shape, attributes), x)];
    },
    vjp: (inputs, attributes, cotangents) => [
      applyTransposed(sliceOf(required(inputs, 0).shape, attributes), required(cotangents, 0)),
    ],
  },
  cases: casesFrom('slice', {
    odd,
    draw,
    build: ({ shape, axis, before, after }, values) => ({
      inputs: [values.general(shape)],
      attributes: { axis, start: before, length: shape[axis]! - before - after },
    }),
  }),
};

function sliceOf(shape: readonly number[], attributes: Attributes): LinearMap {
  const [start, length] = [numberAttribute(attributes, 'start'), numberAttribute(attributes, 'length')];
  return slicing(shape, numberAttribute(attributes, 'axis'), start, length);
}

/** pad(x) -> x with `before` and `after` zeros along `axis`: the transpose of slice. */
export const pad: OpSuite = {
  op: 'pad',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      return [applyTransposed(cutting(x.shape, attributes), x)];
    },
    vjp: (inputs, attributes, cotangents) => [
      apply(cutting(required(inputs, 0).shape, attributes), required(cotangents, 0)),
    ],
  },
  cases: casesFrom('pad', {
    odd,
    draw,
    build: ({ shape, axis, before, after }, values) => ({
      inputs: [values.general(shape)],
      attributes: { axis, before, after },
    }),
  }),
};

/** From the padded tensor back to one of `shape`. */
function cutting(shape: readonly number[], attributes: Attributes): LinearMap {
  const axis = numberAttribute(attributes, 'axis');
  const [before, after] = [numberAttribute(attributes, 'before'), numberAttribute(attributes, 'after')];
  const padded = withSize(shape, axis, before + shape[axis]! + after);
  return slicing(padded, axis, before, shape[axis]!);
}
