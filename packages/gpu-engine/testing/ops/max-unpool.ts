import { flagAttribute, pairAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { drawPool, oddPools, type PoolConfiguration } from '../pooling.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpInput, OpSuite } from '../reference.ts';
import { drawMapShape } from '../shapes.ts';
import { dimensions4, mapTensor, required, sizeOf, toFloat64, zeros } from '../tensor.ts';
import { int32, type ValueSource } from '../values.ts';
import { maxPoolAttributes, maxPoolSwitches } from './max-pool.ts';

/** poolIndices(switches) -> ONNX MaxPool's second output: n, c, y, x as one index, x before y in column-major order. */
export const poolIndices: OpSuite = {
  op: 'poolIndices',
  outputs: ['int32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward(inputs, attributes) {
      const switches = required(inputs, 0);
      const [, , outHeight, outWidth] = dimensions4(switches.shape);
      const [height, width] = pairAttribute(attributes, 'inputSize');
      const columnMajor = flagAttribute(attributes, 'columnMajor');
      return [
        mapTensor(switches, (place, index) => {
          if (place < 0) return -1;
          const plane = Math.floor(index / (outHeight * outWidth));
          const [y, x] = [Math.floor(place / width), place % width];
          return plane * height * width + (columnMajor ? x * height + y : y * width + x);
        }),
      ];
    },
  },
  cases: casesFrom<PoolConfiguration & { readonly columnMajor: boolean }>('poolIndices', {
    odd: oddPools.map((configuration, index) => ({ ...configuration, columnMajor: index % 2 === 1 })),
    draw: (random) => ({ ...drawPool(random), columnMajor: random.chance(0.5) }),
    build({ columnMajor, ...configuration }, values) {
      const switches = maxPoolSwitches(toFloat64(values.withTies(configuration.x)), maxPoolAttributes(configuration));
      return {
        inputs: [int32(switches.shape, (index) => switches.data[index]!)],
        attributes: { inputSize: configuration.x.slice(2), columnMajor },
      };
    },
  }),
};

interface Configuration {
  /** The pooled shape. */
  readonly x: readonly [number, number, number, number];
  readonly outputSize: readonly [number, number];
}

/** Visits every pooled element with the place, inside its own plane, that its index names. */
function forEachPlace(
  indices: Float64Tensor,
  [height, width]: readonly [number, number],
  visit: (pooled: number, place: number) => void,
): void {
  const [, , rows, columns] = dimensions4(indices.shape);
  indices.data.forEach((place, pooled) => {
    const plane = Math.floor(pooled / (rows * columns));
    if (Math.floor(place / (height * width)) === plane) visit(pooled, place);
  });
}

function read(source: Float64Tensor, indices: Float64Tensor): Float64Tensor {
  const [, , height, width] = dimensions4(source.shape);
  const result = zeros(indices.shape);
  forEachPlace(indices, [height, width], (pooled, place) => {
    result.data[pooled] = source.data[place]!;
  });
  return result;
}

function write(x: Float64Tensor, indices: Float64Tensor, outputSize: readonly [number, number]): Float64Tensor {
  const y = zeros([...x.shape.slice(0, 2), ...outputSize]);
  forEachPlace(indices, outputSize, (pooled, place) => {
    y.data[place] = x.data[pooled]!;
  });
  return y;
}

/** Places of the own plane, no two alike in smooth cases; else with repetitions, and some outside the plane. */
function drawIndices({ x, outputSize }: Configuration, values: ValueSource): OpInput {
  const { random, smooth } = values;
  const [batch, channels, rows, columns] = x;
  const area = sizeOf(outputSize);
  const orders = Array.from({ length: batch * channels }, () => random.permutation(area));
  const repeats = !smooth && random.chance(0.3);
  return int32(x, (index) => {
    const plane = Math.floor(index / (rows * columns));
    if (!smooth && random.chance(0.02)) return random.pick([-1, -5, batch * channels * area + 3, (plane + 1) * area]);
    const within = repeats ? random.integer(0, area - 1) : orders[plane]![index % (rows * columns)]!;
    return plane * area + within;
  });
}

const configurations = {
  odd: [
    { x: [1, 1, 1, 1], outputSize: [1, 1] },
    { x: [1, 1, 2, 2], outputSize: [4, 4] },
    { x: [1, 1, 2, 2], outputSize: [5, 5] },
    { x: [2, 3, 2, 3], outputSize: [5, 7] },
    { x: [1, 70, 1, 2], outputSize: [2, 3] },
    { x: [33, 2, 3, 1], outputSize: [3, 1] },
    { x: [1, 2, 20, 21], outputSize: [40, 42] },
  ] as Configuration[],
  draw(random: Random): Configuration {
    const x = drawMapShape(random);
    const outputSize = [x[2] * random.integer(1, 2) + random.integer(0, 2), x[3] * random.integer(1, 2)] as const;
    return { x, outputSize };
  },
};

/** maxUnpool(x, indices into the whole result) -> zeros but for x at its indices; the last of several counts. */
export const maxUnpool: OpSuite = {
  op: 'maxUnpool',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward: (inputs, attributes) => [
      write(required(inputs, 0), required(inputs, 1), pairAttribute(attributes, 'outputSize')),
    ],
    vjp: (inputs, _, cotangents) => [read(required(cotangents, 0), required(inputs, 1)), undefined],
  },
  cases: casesFrom('maxUnpool', {
    ...configurations,
    build: (configuration, values) => ({
      inputs: [values.general(configuration.x), drawIndices(configuration, values)],
      attributes: { outputSize: configuration.outputSize },
    }),
  }),
};

/** maxUnpoolGradient(g [N, C, H, W], indices) -> g at the indices. */
export const maxUnpoolGradient: OpSuite = {
  op: 'maxUnpoolGradient',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward: (inputs) => [read(required(inputs, 0), required(inputs, 1))],
    vjp(inputs, _, cotangents) {
      const [, , height, width] = dimensions4(required(inputs, 0).shape);
      return [write(required(cotangents, 0), required(inputs, 1), [height, width]), undefined];
    },
  },
  cases: casesFrom('maxUnpoolGradient', {
    ...configurations,
    build: (configuration, values) => ({
      inputs: [
        values.general([...configuration.x.slice(0, 2), ...configuration.outputSize]),
        drawIndices(configuration, values),
      ],
    }),
  }),
};
