import { flagAttribute, listAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { reduction, reductionConfigurations } from '../reducing.ts';
import type { Float64Tensor, OpInput, OpSuite, Tolerance } from '../reference.ts';
import { mapTensor, required, tensorOf, zeros } from '../tensor.ts';
import { float32, type ValueSource } from '../values.ts';

/** A reduction of lists: its value, and its derivative by each element. */
interface ListFunction {
  readonly value: (elements: readonly number[]) => number;
  readonly slopes: (elements: readonly number[]) => readonly number[];
  readonly inputs?: (shape: readonly number[], values: ValueSource) => OpInput;
  readonly tolerance?: Tolerance;
}

function listsOf(x: Float64Tensor, axes: readonly number[], keepDimensions: boolean) {
  const { outputShape, entries } = reduction(x.shape, axes, keepDimensions);
  const places: number[][] = Array.from({ length: zeros(outputShape).data.length }, () => []);
  entries((output, input) => places[output]!.push(input));
  return { outputShape, places, lists: places.map((list) => list.map((place) => x.data[place]!)) };
}

function listSuite(op: string, { value, slopes, inputs, tolerance }: ListFunction): OpSuite {
  return {
    op,
    outputs: ['float32'],
    differentiableInputs: [0],
    differentiableOutputs: [0],
    ...(tolerance === undefined ? {} : { tolerance }),
    reference: {
      forward(tensors, attributes) {
        const keep = flagAttribute(attributes, 'keepDimensions');
        const { outputShape, lists } = listsOf(required(tensors, 0), listAttribute(attributes, 'axes'), keep);
        return [tensorOf(outputShape, lists.map(value))];
      },
      vjp(tensors, attributes, cotangents) {
        const [x, g] = [required(tensors, 0), required(cotangents, 0)];
        const { places, lists } = listsOf(x, listAttribute(attributes, 'axes'), true);
        const gradient = zeros(x.shape);
        lists.forEach((list, output) =>
          slopes(list).forEach((slope, index) => {
            gradient.data[places[output]![index]!] = slope * g.data[output]!;
          }),
        );
        return [gradient];
      },
    },
    cases: casesFrom(op, {
      ...reductionConfigurations,
      build: ({ shape, axes, keepDimensions }, values) => ({
        inputs: [inputs?.(shape, values) ?? values.general(shape)],
        attributes: { axes, keepDimensions },
      }),
    }),
  };
}

const total = (elements: readonly number[]) => elements.reduce((sum, x) => sum + x, 0);
const norm = (elements: readonly number[]) => Math.sqrt(total(elements.map((x) => x * x)));

export const reduceL1 = listSuite('reduceL1', {
  value: (elements) => total(elements.map(Math.abs)),
  slopes: (elements) => elements.map(Math.sign),
  inputs: (shape, values) => values.aroundZero(shape),
});

export const reduceL2 = listSuite('reduceL2', {
  value: norm,
  slopes: (elements) => elements.map((x) => (x === 0 ? 0 : x / norm(elements))),
  inputs: (shape, values) => values.aroundZero(shape),
});

export const reduceSumSquare = listSuite('reduceSumSquare', {
  value: (elements) => total(elements.map((x) => x * x)),
  slopes: (elements) => elements.map((x) => 2 * x),
});

export const reduceLogSum = listSuite('reduceLogSum', {
  value: (elements) => Math.log(total(elements)),
  slopes: (elements) => elements.map(() => 1 / total(elements)),
  inputs: (shape, { random }) => float32(shape, () => random.uniform(0.1, 3)),
});

export const reduceLogSumExp = listSuite('reduceLogSumExp', {
  value: logSumExp,
  slopes: (elements) => elements.map((x) => Math.exp(x - logSumExp(elements))),
  inputs(shape, { random, smooth }) {
    const offset = smooth ? 0 : random.pick([0, 0, 90, -200]);
    return float32(shape, () => offset + 2 * random.bell());
  },
});

function logSumExp(elements: readonly number[]): number {
  const largest = elements.reduce((max, x) => Math.max(max, x), -Infinity);
  return largest + Math.log(total(elements.map((x) => Math.exp(x - largest))));
}

/** Factors near 1, zeros among them, so that products of thousands stay within float32. */
export const reduceProd = listSuite('reduceProd', {
  value: (elements) => elements.reduce((product, x) => product * x, 1),
  slopes(elements) {
    const zeroes = elements.filter((x) => x === 0).length;
    const rest = elements.reduce((product, x) => (x === 0 ? product : product * x), 1);
    return elements.map((x) => (zeroes === 0 ? rest / x : zeroes === 1 && x === 0 ? rest : 0));
  },
  inputs(shape, { random, smooth }) {
    const spread = Math.min(
      0.7,
      20 /
        Math.max(
          1,
          shape.reduce((product, size) => product * size, 1),
        ),
    );
    const zeroAt = !smooth && random.chance(0.5) ? 0.05 : 0;
    return float32(shape, () => (random.chance(zeroAt) ? 0 : 1 + spread * random.uniform(-1, 1)));
  },
});

/** reduceProdGradient(g, x) -> g times the product of all other x over the axes. */
export const reduceProdGradient: OpSuite = {
  op: 'reduceProdGradient',
  outputs: ['float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward(inputs, attributes) {
      const [g, x] = [required(inputs, 0), required(inputs, 1)];
      const { places, lists } = listsOf(x, listAttribute(attributes, 'axes'), true);
      const result = mapTensor(x, () => 0);
      lists.forEach((list, output) =>
        list.forEach((_, own) => {
          const others = list.reduce((product, value, index) => (index === own ? product : product * value), 1);
          result.data[places[output]![own]!] = g.data[output]! * others;
        }),
      );
      return [result];
    },
  },
  cases: casesFrom('reduceProdGradient', {
    odd: reductionConfigurations.odd.filter(({ shape }) => shape.every((size) => size < 1000)),
    draw: (random) => reductionConfigurations.draw(random),
    build({ shape, axes }, values) {
      const { outputShape } = reduction(shape, axes, true);
      const factors = float32(shape, () => (values.random.chance(0.02) ? 0 : values.random.uniform(0.9, 1.1)));
      return { inputs: [values.general(outputShape), factors], attributes: { axes } };
    },
  }),
};
