import type { Attributes } from '../../src/graph/attributes.ts';
import { flagAttribute, numberAttribute } from '../attributes.ts';
import { forEachLine, withSize } from '../axis.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { mapTensor, required, sizeOf, tensorOf, zeros } from '../tensor.ts';
import { int32 } from '../values.ts';
import { axisConfigurations } from './arguments.ts';

const normalAxis = (shape: readonly number[], { axis }: Attributes) =>
  Number(axis) < 0 ? Number(axis) + shape.length : Number(axis);

/** The flat places of the k best along the axis, in the order of the output, and their coordinates on the axis. */
function bestPlaces(x: Float64Tensor, attributes: Attributes) {
  const [axis, k] = [normalAxis(x.shape, attributes), numberAttribute(attributes, 'k')];
  const sign = flagAttribute(attributes, 'largest') ? -1 : 1;
  const shape = withSize(x.shape, axis, k);
  const inner = sizeOf(x.shape.slice(axis + 1));
  const [places, indices] = [zeros(shape), zeros(shape)];
  let row = 0;
  forEachLine(x.shape, axis, (start, step, length) => {
    const order = Array.from({ length }, (_, index) => index).toSorted(
      (a, b) => sign * (x.data[start + a * step]! - x.data[start + b * step]!) || a - b,
    );
    for (let j = 0; j < k; j += 1) {
      const target = (Math.floor(row / inner) * k + j) * inner + (row % inner);
      places.data[target] = start + order[j]! * step;
      indices.data[target] = order[j]!;
    }
    row += 1;
  });
  return { places, indices };
}

/** topK(x) -> the k largest or smallest along an axis, best first, and their places; of equal ones the first first. */
export const topK: OpSuite = {
  op: 'topK',
  outputs: ['float32', 'int32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      const { places, indices } = bestPlaces(x, attributes);
      return [mapTensor(places, (place) => x.data[place]!), indices];
    },
    vjp(inputs, attributes, cotangents) {
      const x = required(inputs, 0);
      const gradient = zeros(x.shape);
      bestPlaces(x, attributes).places.data.forEach((place, index) => {
        gradient.data[place]! += required(cotangents, 0).data[index]!;
      });
      return [gradient];
    },
  },
  cases: casesFrom('topK', {
    odd: axisConfigurations.odd.flatMap(({ shape, axis }) =>
      [true, false].map((largest) => ({ shape, axis, k: Math.min(3, shape.at(axis)!), largest })),
    ),
    draw(random) {
      const { shape, axis } = axisConfigurations.draw(random);
      return { shape, axis, k: random.integer(0, Math.min(20, shape.at(axis)!)), largest: random.chance(0.5) };
    },
    build: ({ shape, ...attributes }, values) => ({ inputs: [values.withTies(shape)], attributes: { ...attributes } }),
  }),
};

/** topK of int32. */
export const topKOfIntegers: OpSuite = {
  op: 'topK',
  title: 'topK of integers',
  outputs: ['int32', 'int32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: { forward: (inputs, attributes) => topK.reference.forward(inputs, attributes) },
  cases: casesFrom('topK', {
    odd: [{ shape: [5] as readonly number[], axis: 0, k: 5, largest: true }],
    draw(random) {
      const { shape, axis } = axisConfigurations.draw(random);
      return { shape, axis, k: random.integer(1, Math.min(9, shape.at(axis)!)), largest: random.chance(0.5) };
    },
    build({ shape, ...attributes }, { random }) {
      const wide = random.chance(0.5);
      return {
        inputs: [int32(shape, () => (wide ? random.bits() | 0 : random.integer(-3, 3)))],
        attributes: { ...attributes },
      };
    },
  }),
};

function runningSums(shape: readonly number[], attributes: Attributes): LinearMap {
  const reverse = flagAttribute(attributes, 'reverse');
  const exclusive = flagAttribute(attributes, 'exclusive');
  return {
    inputShape: shape,
    outputShape: shape,
    entries: (visit) =>
      forEachLine(shape, normalAxis(shape, attributes), (start, step, length) => {
        for (let to = 0; to < length; to += 1) {
          for (let from = 0; from < length; from += 1) {
            const isBefore = reverse ? from > to : from < to;
            if (isBefore || (from === to && !exclusive)) visit(start + to * step, start + from * step, 1);
          }
        }
      }),
  };
}

const sums = {
  odd: axisConfigurations.odd
    .filter(({ shape }) => sizeOf(shape) < 5000)
    .map((configuration, index) => ({ ...configuration, exclusive: index % 2 === 0, reverse: index % 3 === 0 })),
  draw: (random: Parameters<typeof axisConfigurations.draw>[0]) => ({
    ...axisConfigurations.draw(random),
    exclusive: random.chance(0.5),
    reverse: random.chance(0.5),
  }),
};

/** cumSum(x) -> running sums along an axis. */
export const cumSum: OpSuite = {
  op: 'cumSum',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward: (inputs, attributes) => {
      const x = required(inputs, 0);
      return [apply(runningSums(x.shape, attributes), x)];
    },
    vjp: (inputs, attributes, cotangents) => [
      applyTransposed(runningSums(required(inputs, 0).shape, attributes), required(cotangents, 0)),
    ],
  },
  cases: casesFrom('cumSum', {
    ...sums,
    build: ({ shape, ...attributes }, values) => ({ inputs: [values.general(shape)], attributes: { ...attributes } }),
  }),
};

/** cumSum of int32. */
export const cumSumOfIntegers: OpSuite = {
  op: 'cumSum',
  title: 'cumSum of integers',
  outputs: ['int32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: { forward: (inputs, attributes) => cumSum.reference.forward(inputs, attributes) },
  cases: casesFrom('cumSum', {
    ...sums,
    build: ({ shape, ...attributes }, values) => ({
      inputs: [values.integers(shape, -100_000, 100_000)],
      attributes: { ...attributes },
    }),
  }),
};

/** hardmax(x) -> 1 at the first maximum along an axis, 0 elsewhere. */
export const hardmax: OpSuite = {
  op: 'hardmax',
  outputs: ['float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward(inputs, { axis = -1 }) {
      const x = required(inputs, 0);
      const best = bestPlaces(x, { axis, k: x.shape.at(Number(axis)) === 0 ? 0 : 1, largest: true });
      const result = mapTensor(x, () => 0);
      for (const place of best.places.data) result.data[place] = 1;
      return [result];
    },
  },
  cases: casesFrom('hardmax', {
    ...axisConfigurations,
    build: ({ shape, axis }, values) => ({ inputs: [values.withTies(shape)], attributes: { axis } }),
  }),
};

/** oneHot(indices) -> a new axis of size `depth` with onValue where its place is the index. */
export const oneHot: OpSuite = {
  op: 'oneHot',
  outputs: ['float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward(inputs, attributes) {
      const indices = required(inputs, 0);
      const { depth, onValue, offValue } = attributes;
      const rank = indices.shape.length + 1;
      const axis = (numberAttribute(attributes, 'axis') + rank) % rank;
      const shape = [...indices.shape.slice(0, axis), Number(depth), ...indices.shape.slice(axis)];
      const inner = sizeOf(indices.shape.slice(axis));
      const data = Array.from({ length: sizeOf(shape) }, (_, output) => {
        const place = Math.floor(output / inner) % Number(depth);
        const index = indices.data[Math.floor(output / (inner * Number(depth))) * inner + (output % inner)]!;
        return Number(index === place || index + Number(depth) === place ? onValue : offValue);
      });
      return [tensorOf(shape, data)];
    },
  },
  cases: casesFrom('oneHot', {
    odd: [
      { shape: [] as readonly number[], axis: -1, depth: 4 },
      { shape: [0], axis: 0, depth: 3 },
      { shape: [5], axis: 0, depth: 1 },
      { shape: [5], axis: -1, depth: 70 },
    ],
    draw(random) {
      const { shape } = axisConfigurations.draw(random);
      const small = shape.map((size) => Math.min(size, 6)).slice(0, 5);
      return { shape: small, axis: random.integer(-small.length - 1, small.length), depth: random.integer(1, 12) };
    },
    build: ({ shape, axis, depth }, { random }) => ({
      inputs: [int32(shape, () => random.integer(-depth - 1, depth))],
      attributes: { axis, depth, onValue: depth % 2 === 0 ? 1 : 5, offValue: depth % 3 === 0 ? 0 : -1 },
    }),
  }),
};
