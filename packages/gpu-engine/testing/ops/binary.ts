import type { Attributes } from '../../src/graph/attributes.ts';
import { flagAttribute, textAttribute } from '../attributes.ts';
import { broadcast, broadcastIndices, broadcastShape, drawOperands, oddOperands } from '../broadcasting.ts';
import { casesFrom } from '../cases.ts';
import { applyTransposed } from '../linear-map.ts';
import { Random } from '../random.ts';
import type { Float64Tensor, OpInput, OpSuite, Tolerance } from '../reference.ts';
import { required, tensorOf } from '../tensor.ts';
import { float32, type ValueSource } from '../values.ts';

interface PairFunction {
  readonly value: (x: number, y: number, attributes: Attributes) => number;
  /** The partial derivatives by x and by y. */
  readonly slopes?: (x: number, y: number, attributes: Attributes) => readonly [number, number];
  readonly inputs: (
    a: readonly number[],
    b: readonly number[],
    values: ValueSource,
    attributes: Attributes,
  ) => OpInput[];
  readonly attributes?: (random: Random) => Attributes;
  /** Only the second operand is repeated. */
  readonly oneWay?: boolean;
  readonly tolerance?: Tolerance;
}

const empty = [
  [[0], [1]],
  [
    [2, 0, 3],
    [1, 1, 3],
  ],
] as const;

/** An op on pairs of elements, operands broadcast as in numpy; gradients are summed back. */
function pairSuite(
  op: string,
  { value, slopes, inputs, attributes: draw, oneWay = false, tolerance }: PairFunction,
): OpSuite {
  const pairs = (a: Float64Tensor, b: Float64Tensor, f: (x: number, y: number, index: number) => number) => {
    const shape = broadcastShape(a.shape, b.shape);
    const right = broadcastIndices(b.shape, shape);
    return tensorOf(
      shape,
      broadcastIndices(a.shape, shape).map((left, index) => f(a.data[left]!, b.data[right[index]!]!, index)),
    );
  };
  return {
    op,
    outputs: ['float32'],
    differentiableInputs: slopes === undefined ? [] : [0, 1],
    differentiableOutputs: slopes === undefined ? [] : [0],
    ...(tolerance === undefined ? {} : { tolerance }),
    reference: {
      forward: ([a, b], attributes) => [pairs(required([a], 0), required([b], 0), (x, y) => value(x, y, attributes))],
      ...(slopes === undefined
        ? {}
        : {
            vjp(tensors, attributes, cotangents) {
              const [a, b, g] = [required(tensors, 0), required(tensors, 1), required(cotangents, 0)];
              const part = (k: 0 | 1) => pairs(a, b, (x, y, index) => g.data[index]! * slopes(x, y, attributes)[k]);
              return [
                applyTransposed(broadcast(a.shape, g.shape), part(0)),
                applyTransposed(broadcast(b.shape, g.shape), part(1)),
              ];
            },
          }),
    },
    cases: casesFrom(op, {
      odd: [...oddOperands, ...empty].map((shapes, index) => ({ shapes, given: draw?.(new Random(index)) ?? {} })),
      draw: (random) => ({ shapes: drawOperands(random), given: draw?.(random) ?? {} }),
      build: ({ shapes: [a, b], given }, values) => ({
        inputs: inputs(oneWay ? broadcastShape(a, b) : a, b, values, given),
        attributes: given,
      }),
    }),
  };
}

/** Pairs that are equal often, or never closer than 0.01 in smooth cases: b lies halfway between possible values of a. */
function comparable(a: readonly number[], b: readonly number[], { random, smooth }: ValueSource): OpInput[] {
  const few = () => random.pick([-2, -1, -0.5, 0, -0, 0.5, 1, 2]);
  return [float32(a, few), float32(b, smooth ? () => few() + 0.25 : few)];
}

export const maximum = pairSuite('maximum', {
  value: (x, y) => Math.max(x, y),
  slopes: (x, y) => (x >= y ? [1, 0] : [0, 1]),
  inputs: comparable,
});

export const minimum = pairSuite('minimum', {
  value: (x, y) => Math.min(x, y),
  slopes: (x, y) => (x <= y ? [1, 0] : [0, 1]),
  inputs: comparable,
});

const floored = (x: number, y: number) => x - y * Math.floor(x / y);

/** x that is whole multiples of y and a part that keeps away from 0 and y, for some y. */
function dividends(a: readonly number[], b: readonly number[], { random }: ValueSource): OpInput[] {
  const whole = () => random.integer(-20, 20) + random.pick([0.25, 0.5, 0.375]);
  return [float32(a, whole), float32(b, () => random.pick([1, -1, 2, -2, 4, -8]))];
}

export const mod = pairSuite('mod', {
  value: (x, y, attributes) => (flagAttribute(attributes, 'truncated') ? x % y : floored(x, y)),
  slopes: (x, y, attributes) => [1, -(flagAttribute(attributes, 'truncated') ? Math.trunc(x / y) : Math.floor(x / y))],
  inputs: dividends,
  attributes: (random) => ({ truncated: random.chance(0.5) }),
});

const byBase = (x: number, y: number) => (y === 0 ? 0 : y * x ** (y - 1));
const byExponent = (x: number, y: number) => (x === 0 ? 0 : x ** y * Math.log(x));

export const pow = pairSuite('pow', {
  value: (x, y) => x ** y,
  slopes: (x, y) => [byBase(x, y), byExponent(x, y)],
  inputs: (a, b, { random, smooth }) => [
    float32(a, () => (!smooth && random.chance(0.1) ? 1 : random.uniform(0.2, 3))),
    float32(b, () => (!smooth && random.chance(0.5) ? random.pick([0, 1, 2, 0.5, -1, 3]) : random.uniform(-3, 3))),
  ],
  tolerance: { relative: 1e-5, absolute: 1e-6 },
});

/** Bases of any sign, zeros among them; whole exponents where the base is negative. */
export const powOfSigned: OpSuite = {
  ...pairSuite('pow', {
    value: (x, y) => x ** y,
    inputs: (a, b, { random }) => [
      float32(a, () => random.pick([0, -0, 1, -1, -2.5, random.uniform(-3, 3)])),
      float32(b, () => random.integer(0, 5)),
    ],
    tolerance: { relative: 1e-5, absolute: 1e-6 },
  }),
  title: 'pow of signed bases',
};

export const powDerivative = pairSuite('powDerivative', {
  value: (x, y, attributes) => (textAttribute(attributes, 'by') === 'base' ? byBase(x, y) : byExponent(x, y)),
  inputs: (a, b, { random }, attributes) => [
    float32(a, () => random.pick([0, 1, random.uniform(textAttribute(attributes, 'by') === 'base' ? -3 : 0.2, 3)])),
    float32(b, () => random.integer(1, 4)),
  ],
  attributes: (random) => ({ by: random.pick(['base', 'exponent']) }),
  tolerance: { relative: 1e-5, absolute: 1e-6 },
});

export const prelu = pairSuite('prelu', {
  value: (x, slope) => (x > 0 ? x : slope * x),
  slopes: (x, slope) => (x > 0 ? [1, 0] : [slope, x]),
  inputs: (a, b, values) => [values.aroundZero(a), values.general(b)],
  oneWay: true,
});
