import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute, textAttribute } from '../attributes.ts';
import { taking, withSize } from '../axis.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import type { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { drawShape } from '../shapes.ts';
import { mapTensor, required } from '../tensor.ts';
import type { ValueSource } from '../values.ts';

interface Slicing {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

function slicing(shape: readonly number[], axis: number, start: number, length: number, step = 1): Slicing {
  return { shape, axis, start, step, length };
}

const oddSlices: readonly Slicing[] = [
  slicing([1], 0, 0, 1),
  slicing([5], 0, 4, 1),
  slicing([5], 0, 0, 1),
  slicing([5], 0, 4, 5, -1),
  slicing([5], 0, 3, 2, -3),
  slicing([5], 0, 2, 0),
  slicing([5], -1, 2, 3),
  slicing([0, 3], 1, 1, 2),
  slicing([0, 3], 0, 0, 0),
  slicing([2, 3, 4, 5], 0, 1, 1),
  slicing([2, 7, 4, 5], 1, 2, 4),
  slicing([2, 8, 4, 4], 1, 4, 4),
  slicing([2, 8, 4, 4], 1, 1, 4, 2),
  slicing([2, 3, 7, 5], 2, 1, 3),
  slicing([2, 3, 7, 5], -2, 6, 3, -2),
  slicing([2, 3, 4, 9], 3, 3, 1),
  slicing([1, 5, 1, 1], 1, 0, 4),
  slicing([3, 5, 2], 1, 0, 5),
  slicing([1, 5003], 1, 1, 5001),
  slicing([5003, 1], 0, 2500, 2502),
  slicing([5003, 1], 0, 5002, 1000, -5),
  slicing([2, 2, 3, 2, 2, 2], 2, 1, 1),
  slicing([65, 66], 0, 1, 64),
];

function drawSlice(random: Random): Slicing {
  const shape = drawShape(random, random.integer(1, 6));
  const axis = random.integer(0, shape.length - 1);
  const size = shape[axis]!;
  const start = random.integer(0, size - 1);
  const step = random.pick([1, 1, 1, 2, 3, -1, -2]);
  const most = Math.floor((step > 0 ? size - 1 - start : start) / Math.abs(step)) + 1;
  const length = random.integer(1, most);
  return { shape, axis: random.chance(0.2) ? axis - shape.length : axis, start, step, length };
}

function sliceMap(shape: readonly number[], axis: number, start: number, step: number, length: number): LinearMap {
  return taking(
    shape,
    axis,
    Array.from({ length }, (_, index) => start + index * step),
  );
}

const whereOf = (attributes: Attributes) =>
  ['axis', 'start', 'step'].map((name) => numberAttribute(attributes, name)) as [number, number, number];

function sliceOf(shape: readonly number[], attributes: Attributes): LinearMap {
  const [axis, start, step] = whereOf(attributes);
  return sliceMap(shape, axis, start, step, numberAttribute(attributes, 'length'));
}

/** slice(x) -> elements start, start + step, … along `axis`, `length` of them. */
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
    odd: oddSlices,
    draw: drawSlice,
    build: ({ shape, ...attributes }, values) => ({ inputs: [values.general(shape)], attributes: { ...attributes } }),
  }),
};

function unsliceOf(shape: readonly number[], attributes: Attributes): LinearMap {
  const [axis, start, step] = whereOf(attributes);
  const whole = withSize(shape, axis, numberAttribute(attributes, 'size'));
  return sliceMap(whole, axis, start, step, shape.at(axis)!);
}

/** sliceGradient(g) -> zeros of `size` along `axis` with g at start, start + step, …: the transpose of slice. */
export const sliceGradient: OpSuite = {
  op: 'sliceGradient',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const g = required(inputs, 0);
      return [applyTransposed(unsliceOf(g.shape, attributes), g)];
    },
    vjp: (inputs, attributes, cotangents) => [
      apply(unsliceOf(required(inputs, 0).shape, attributes), required(cotangents, 0)),
    ],
  },
  cases: casesFrom('sliceGradient', {
    odd: oddSlices,
    draw: drawSlice,
    build: ({ shape, axis, start, step, length }, values) => ({
      inputs: [values.general(withSize(shape, axis, length))],
      attributes: { axis, start, step, size: shape.at(axis)! },
    }),
  }),
};

interface Padding {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly before: number;
  readonly after: number;
  readonly mode: string;
}

function padding(shape: readonly number[], axis: number, before: number, after: number, mode = 'constant'): Padding {
  return { shape, axis, before, after, mode };
}

const modes = ['constant', 'reflect', 'edge', 'wrap'] as const;

const oddPaddings: readonly Padding[] = [
  ...modes.flatMap((mode) => [
    padding([1], 0, 2, 3, mode),
    padding([2], 0, 3, 5, mode),
    padding([5], 0, 4, 4, mode),
    padding([3], 0, 9, 11, mode),
    padding([5], 0, 0, 0, mode),
    padding([5], -1, -2, 3, mode),
    padding([5], 0, 2, -3, mode),
    padding([4], 0, -1, -2, mode),
    padding([2, 3, 4, 5], 2, 1, 2, mode),
    padding([0, 3], 1, 1, 1, mode),
  ]),
  padding([0, 3], 0, 1, 2),
  padding([4], 0, -1, -3),
  padding([1, 5003], 1, 1, 1),
  padding([5003, 1], 0, 2500, 1),
  padding([2, 2, 3, 2, 2, 2], 2, 1, 1),
  padding([65, 66], 0, 1, 0),
];

function drawPadding(random: Random): Padding {
  const shape = drawShape(random, random.integer(1, 6));
  const axis = random.integer(0, shape.length - 1);
  const size = shape[axis]!;
  const [before, after] = [random.integer(-Math.floor(size / 2), 5), random.integer(-Math.floor((size - 1) / 2), 5)];
  return { shape, axis, before, after, mode: random.pick(modes) };
}

/** Where each padded place takes its value from, by numpy.pad's definitions; undefined for the constant. */
function sourcesOf(size: number, before: number, after: number, mode: string): (number | undefined)[] {
  return Array.from({ length: before + size + after }, (_, padded) => {
    let place = padded - before;
    if (mode === 'edge') return Math.max(0, Math.min(size - 1, place));
    if (mode === 'wrap') return ((place % size) + size) % size;
    if (mode === 'constant') return place >= 0 && place < size ? place : undefined;
    if (size === 1) return 0;
    while (place < 0 || place >= size) place = place < 0 ? -place : 2 * (size - 1) - place;
    return place;
  });
}

function padOf(shape: readonly number[], attributes: Attributes, after: number): LinearMap {
  const axis = numberAttribute(attributes, 'axis');
  const sources = sourcesOf(
    shape.at(axis)!,
    numberAttribute(attributes, 'before'),
    after,
    textAttribute(attributes, 'mode'),
  );
  return taking(shape, axis, sources);
}

/** pad(x) -> x with `before` and `after` elements more, or fewer, along `axis`. */
export const pad: OpSuite = {
  op: 'pad',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      const map = padOf(x.shape, attributes, numberAttribute(attributes, 'after'));
      const isTaken = apply(
        map,
        mapTensor(x, () => 1),
      );
      const fill = numberAttribute(attributes, 'value');
      return [mapTensor(apply(map, x), (value, index) => (isTaken.data[index] === 0 ? fill : value))];
    },
    vjp: (inputs, attributes, cotangents) => [
      applyTransposed(
        padOf(required(inputs, 0).shape, attributes, numberAttribute(attributes, 'after')),
        required(cotangents, 0),
      ),
    ],
  },
  cases: casesFrom('pad', {
    odd: oddPaddings,
    draw: drawPadding,
    build: ({ shape, ...attributes }, values: ValueSource) => ({
      inputs: [values.general(shape)],
      attributes: { ...attributes, value: attributes.mode === 'constant' ? 0.5 : 0 },
    }),
  }),
};

function unpadOf(shape: readonly number[], attributes: Attributes): LinearMap {
  const [axis, before, size] = ['axis', 'before', 'size'].map((name) => numberAttribute(attributes, name)) as [
    number,
    number,
    number,
  ];
  return padOf(withSize(shape, axis, size), attributes, shape.at(axis)! - before - size);
}

/** padGradient(g) -> g cut or folded back to `size` along `axis`: the transpose of pad. */
export const padGradient: OpSuite = {
  op: 'padGradient',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const g = required(inputs, 0);
      return [applyTransposed(unpadOf(g.shape, attributes), g)];
    },
    vjp: (inputs, attributes, cotangents) => [
      apply(unpadOf(required(inputs, 0).shape, attributes), required(cotangents, 0)),
    ],
  },
  cases: casesFrom('padGradient', {
    odd: oddPaddings,
    draw: drawPadding,
    build({ shape, axis, before, after, mode }, values) {
      const size = shape.at(axis)!;
      const padded = withSize(shape, axis, before + size + after);
      return { inputs: [values.general(padded)], attributes: { axis, before, mode, size } };
    },
  }),
};
