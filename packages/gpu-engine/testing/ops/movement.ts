import type { Attributes } from '../../src/graph/attributes.ts';
import { listAttribute, numberAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { drawShape } from '../shapes.ts';
import { coordinatesOf, required, sizeOf } from '../tensor.ts';
import { elementwiseShapes } from '../unary.ts';
import { int32 } from '../values.ts';
import { axisConfigurations } from './arguments.ts';

/** A map that takes each element of the output from one of the input, or from nowhere. */
function takingFrom(
  inputShape: readonly number[],
  outputShape: readonly number[],
  source: (coordinates: readonly number[], index: number) => readonly number[] | undefined,
): LinearMap {
  return {
    inputShape,
    outputShape,
    entries(visit) {
      for (let output = 0; output < sizeOf(outputShape); output += 1) {
        const from = source(coordinatesOf(output, outputShape), output);
        if (from === undefined) continue;
        const input = from.reduce((place, coordinate, axis) => place * inputShape[axis]! + coordinate, 0);
        visit(output, input, 1);
      }
    },
  };
}

type MapOf = (shape: readonly number[], attributes: Attributes, indices: Float64Tensor) => LinearMap;

/** An op that moves elements of its first input, maybe by the int32 indices of its second. */
function movementSuite(op: string, cases: OpSuite['cases'], mapOf: MapOf): OpSuite {
  const map = (inputs: readonly Float64Tensor[], attributes: Attributes) =>
    mapOf(required(inputs, 0).shape, attributes, inputs[1] ?? required(inputs, 0));
  return {
    op,
    outputs: ['float32'],
    differentiableInputs: [0],
    differentiableOutputs: [0],
    reference: {
      forward: (inputs, attributes) => [apply(map(inputs, attributes), required(inputs, 0))],
      vjp: (inputs, attributes, cotangents) => [
        applyTransposed(map(inputs, attributes), required(cotangents, 0)),
        ...inputs.slice(1).map(() => undefined),
      ],
    },
    cases,
  };
}

export const transpose = movementSuite(
  'transpose',
  casesFrom('transpose', {
    odd: [
      { shape: [] as readonly number[], permutation: [] as readonly number[] },
      { shape: [5], permutation: [0] },
      { shape: [65, 66], permutation: [1, 0] },
      { shape: [0, 3], permutation: [1, 0] },
      { shape: [2, 3, 4, 5], permutation: [0, 2, 3, 1] },
      { shape: [2, 3, 4, 5], permutation: [0, 3, 1, 2] },
      { shape: [2, 3, 2, 3, 2, 3], permutation: [5, 4, 3, 2, 1, 0] },
    ],
    draw(random) {
      const shape = drawShape(random, random.integer(1, 6));
      return { shape, permutation: Array.from(random.permutation(shape.length)) };
    },
    build: ({ shape, permutation }, values) => ({ inputs: [values.general(shape)], attributes: { permutation } }),
  }),
  (shape, attributes) => {
    const permutation = listAttribute(attributes, 'permutation');
    return takingFrom(
      shape,
      permutation.map((axis) => shape[axis]!),
      (coordinates) => shape.map((_, axis) => coordinates[permutation.indexOf(axis)]!),
    );
  },
);

export const tile = movementSuite(
  'tile',
  casesFrom('tile', {
    odd: [
      { shape: [] as readonly number[], repeats: [] as readonly number[] },
      { shape: [3], repeats: [1] },
      { shape: [3], repeats: [0] },
      { shape: [0, 2], repeats: [2, 3] },
      { shape: [5003], repeats: [3] },
      { shape: [2, 3, 4, 5], repeats: [2, 1, 3, 1] },
      { shape: [1, 2, 1, 2, 1, 2], repeats: [2, 2, 3, 2, 2, 2] },
    ],
    draw(random) {
      const shape = drawShape(random, random.integer(1, 6)).map((size) => Math.min(size, 6));
      return { shape, repeats: shape.map(() => random.pick([1, 1, 1, 2, 3])) };
    },
    build: ({ shape, repeats }, values) => ({ inputs: [values.general(shape)], attributes: { repeats } }),
  }),
  (shape, attributes) => {
    const repeats = listAttribute(attributes, 'repeats');
    return takingFrom(
      shape,
      shape.map((size, axis) => size * repeats[axis]!),
      (coordinates) => coordinates.map((coordinate, axis) => coordinate % shape[axis]!),
    );
  },
);

export const identity = movementSuite(
  'identity',
  casesFrom('identity', {
    ...elementwiseShapes,
    build: (shape, values) => ({ inputs: [values.general(shape)] }),
  }),
  (shape) => takingFrom(shape, shape, (coordinates) => coordinates),
);

function drawAxes(random: Random, rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis).filter(() => random.chance(0.4));
  return axes.map((axis) => (random.chance(0.3) ? axis - rank : axis));
}

const normal = (axes: readonly number[], rank: number) => axes.map((axis) => (axis < 0 ? axis + rank : axis));

/** unsqueeze(x) -> axes of size 1 more: where they stand in the result. */
export const unsqueeze = movementSuite(
  'unsqueeze',
  casesFrom('unsqueeze', {
    odd: [
      { shape: [] as readonly number[], axes: [0, 1] as readonly number[] },
      { shape: [0, 2], axes: [-1] },
      { shape: [3, 4, 5], axes: [2, 4, 5] },
      { shape: [3, 4, 5], axes: [] },
    ],
    draw(random) {
      const shape = drawShape(random, random.integer(1, 3));
      const rank = shape.length + random.integer(1, 3);
      const added = Array.from(random.permutation(rank)).slice(shape.length);
      return { shape, axes: added.map((axis) => (random.chance(0.3) ? axis - rank : axis)) };
    },
    build: ({ shape, axes }, values) => ({ inputs: [values.general(shape)], attributes: { axes } }),
  }),
  (shape, attributes) => {
    const axes = listAttribute(attributes, 'axes');
    const added = normal(axes, shape.length + axes.length);
    const result: number[] = [];
    for (let axis = 0, taken = 0; axis < shape.length + axes.length; axis += 1) {
      if (added.includes(axis)) result.push(1);
      else result.push(shape[taken++]!);
    }
    return takingFrom(shape, result, (coordinates) => coordinates.filter((_, axis) => !added.includes(axis)));
  },
);

/** squeeze(x) -> without these axes of size 1, or all of them. */
export const squeeze = movementSuite(
  'squeeze',
  casesFrom('squeeze', {
    odd: [
      { shape: [1, 1] as readonly number[], axes: [] as readonly number[] },
      { shape: [1, 0, 2], axes: [0] },
      { shape: [1, 3, 1, 5], axes: [-2] },
      { shape: [2, 3], axes: [] },
    ],
    draw(random) {
      const shape = drawShape(random, random.integer(1, 6));
      const axes = drawAxes(random, shape.length);
      const dropped = normal(axes, shape.length);
      return { shape: shape.map((size, axis) => (dropped.includes(axis) ? 1 : size)), axes };
    },
    build: ({ shape, axes }, values) => ({ inputs: [values.general(shape)], attributes: { axes } }),
  }),
  (shape, attributes) => {
    const named = normal(listAttribute(attributes, 'axes'), shape.length);
    const dropped = named.length > 0 ? named : shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
    const left = shape.flatMap((_, axis) => (dropped.includes(axis) ? [] : [axis]));
    return takingFrom(
      shape,
      left.map((axis) => shape[axis]!),
      (coordinates) => shape.map((_, axis) => (dropped.includes(axis) ? 0 : coordinates[left.indexOf(axis)]!)),
    );
  },
);

const normalAxis = (shape: readonly number[], attributes: Attributes) =>
  (numberAttribute(attributes, 'axis') + shape.length) % shape.length;

const wrapped = (index: number, size: number) => (index < 0 ? index + size : index);

/** Slices of `shape` along the axis at the indices. */
function gatherMap(shape: readonly number[], attributes: Attributes, indices: Float64Tensor): LinearMap {
  const axis = normalAxis(shape, attributes);
  const rank = indices.shape.length;
  const result = [...shape.slice(0, axis), ...indices.shape, ...shape.slice(axis + 1)];
  return takingFrom(shape, result, (coordinates) => {
    const place = coordinates.slice(axis, axis + rank).reduce((sum, c, k) => sum * indices.shape[k]! + c, 0);
    const index = wrapped(indices.data[place]!, shape[axis]!);
    return [...coordinates.slice(0, axis), index, ...coordinates.slice(axis + rank)];
  });
}

interface Gathering {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly indices: readonly number[];
}

const gathers = {
  odd: [
    { shape: [5], axis: 0, indices: [] },
    { shape: [5], axis: 0, indices: [0] },
    { shape: [5003, 2], axis: 0, indices: [7] },
    { shape: [2, 3, 4], axis: 1, indices: [2, 2] },
    { shape: [2, 3, 4], axis: -1, indices: [1] },
    { shape: [0, 3], axis: 1, indices: [2] },
  ] as readonly Gathering[],
  draw(random: Random): Gathering {
    const shape = drawShape(random, random.integer(1, 4)).map((size) => Math.min(size, 9));
    const indices = Array.from({ length: random.integer(0, 2) }, () => random.integer(1, 5));
    return { shape, axis: random.integer(-shape.length, shape.length - 1), indices };
  },
};

export const gather = movementSuite(
  'gather',
  casesFrom('gather', {
    ...gathers,
    build: ({ shape, axis, indices }, values) => {
      const size = shape.at(axis)!;
      return { inputs: [values.general(shape), values.integers(indices, -size, size - 1)], attributes: { axis } };
    },
  }),
  gatherMap,
);

/** The suite of the adjoint of a map: zeros of `inputShape`, with g added where the map takes from. */
function adjointSuite(op: string, cases: OpSuite['cases'], mapOf: MapOf): OpSuite {
  const map = (inputs: readonly Float64Tensor[], attributes: Attributes) =>
    mapOf(listAttribute(attributes, 'inputShape'), attributes, required(inputs, 1));
  return {
    op,
    outputs: ['float32'],
    differentiableInputs: [0],
    differentiableOutputs: [0],
    reference: {
      forward: (inputs, attributes) => [applyTransposed(map(inputs, attributes), required(inputs, 0))],
      vjp: (inputs, attributes, cotangents) => [apply(map(inputs, attributes), required(cotangents, 0)), undefined],
    },
    cases,
  };
}

export const gatherGradient = adjointSuite(
  'gatherGradient',
  casesFrom('gatherGradient', {
    ...gathers,
    build: ({ shape, axis, indices }, values) => {
      const normalized = (axis + shape.length) % shape.length;
      const size = shape.at(axis)!;
      const result = [...shape.slice(0, normalized), ...indices, ...shape.slice(normalized + 1)];
      return {
        inputs: [values.general(result), values.integers(indices, -size, size - 1)],
        attributes: { axis, inputShape: shape },
      };
    },
  }),
  gatherMap,
);

function elementsMap(shape: readonly number[], attributes: Attributes, indices: Float64Tensor): LinearMap {
  const axis = normalAxis(shape, attributes);
  return takingFrom(shape, indices.shape, (coordinates, place) =>
    coordinates.with(axis, wrapped(indices.data[place]!, shape[axis]!)),
  );
}

const elements = {
  odd: axisConfigurations.odd.map(({ shape, axis }) => ({ shape, axis, indices: shape })) as readonly Gathering[],
  draw(random: Random): Gathering {
    const { shape, axis } = axisConfigurations.draw(random);
    const indices = shape.map((size) => random.integer(1, size)).with(axis, random.integer(1, 7));
    return { shape, axis, indices };
  },
};

export const gatherElements = movementSuite(
  'gatherElements',
  casesFrom('gatherElements', {
    ...elements,
    build({ shape, axis, indices }, values) {
      const size = shape.at(axis)!;
      return { inputs: [values.general(shape), values.integers(indices, -size, size - 1)], attributes: { axis } };
    },
  }),
  elementsMap,
);

export const gatherElementsGradient = adjointSuite(
  'gatherElementsGradient',
  casesFrom('gatherElementsGradient', {
    ...elements,
    build({ shape, axis, indices }, values) {
      const size = shape.at(axis)!;
      return {
        inputs: [values.general(indices), int32(indices, () => values.random.integer(-size, size - 1))],
        attributes: { axis, inputShape: shape },
      };
    },
  }),
  elementsMap,
);
