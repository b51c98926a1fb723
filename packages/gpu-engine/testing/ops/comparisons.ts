import type { Attributes } from '../../src/graph/attributes.ts';
import { flagAttribute, textAttribute } from '../attributes.ts';
import { broadcastIndices, broadcastShape, drawOperands, oddOperands } from '../broadcasting.ts';
import { casesFrom } from '../cases.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpInput, OpSuite } from '../reference.ts';
import { mapTensor, required, tensorOf } from '../tensor.ts';
import { elementwiseShapes } from '../unary.ts';
import { float32, int32 } from '../values.ts';

const emptyOperands = [
  [[0], [1]],
  [
    [2, 0, 3],
    [2, 1, 3],
  ],
] as const;

/** f(a, b) element by element, operands broadcast as in numpy. */
function pairwise(a: Float64Tensor, b: Float64Tensor, f: (x: number, y: number) => number): Float64Tensor {
  const shape = broadcastShape(a.shape, b.shape);
  const right = broadcastIndices(b.shape, shape);
  return tensorOf(
    shape,
    broadcastIndices(a.shape, shape).map((left, index) => f(a.data[left]!, b.data[right[index]!]!)),
  );
}

type Draw = (shape: readonly number[], random: Random) => OpInput;

const drawFew: Draw = (shape, random) => float32(shape, () => random.pick([0, -0, 1, -1, 0.5, NaN, 1e-3, 1.5]));
const drawFewIntegers: Draw = (shape, random) => int32(shape, () => random.integer(-2, 2));
const drawLargeIntegers: Draw = (shape, random) => int32(shape, () => random.bits() | 0);
const drawTruth: Draw = (shape, random) => int32(shape, () => random.pick([0, 0, 1, 1, -1, 7]));

/** An op with an int32 result: a truth value of each pair. */
function truthSuite(op: string, holds: (x: number, y: number) => boolean, draws: readonly Draw[]): OpSuite {
  return {
    op,
    outputs: ['int32'],
    differentiableInputs: [],
    differentiableOutputs: [],
    reference: {
      forward: (inputs) => [pairwise(required(inputs, 0), required(inputs, 1), (x, y) => Number(holds(x, y)))],
    },
    cases: casesFrom(op, {
      odd: [...oddOperands, ...emptyOperands],
      draw: drawOperands,
      build([a, b], { random }) {
        const draw = random.pick(draws);
        return { inputs: [draw(a, random), draw(b, random)] };
      },
    }),
  };
}

const numbers = [drawFew, drawFewIntegers, drawLargeIntegers];

export const equal = truthSuite('equal', (x, y) => x === y, numbers);
export const less = truthSuite('less', (x, y) => x < y, numbers);
export const lessOrEqual = truthSuite('lessOrEqual', (x, y) => x <= y, numbers);
export const greater = truthSuite('greater', (x, y) => x > y, numbers);
export const greaterOrEqual = truthSuite('greaterOrEqual', (x, y) => x >= y, numbers);
export const and = truthSuite('and', (x, y) => x !== 0 && y !== 0, [drawTruth]);
export const or = truthSuite('or', (x, y) => x !== 0 || y !== 0, [drawTruth]);
export const xor = truthSuite('xor', (x, y) => (x !== 0) !== (y !== 0), [drawTruth]);

/** An op with an int32 result: a truth value of each element. */
function testSuite(
  op: string,
  holds: (x: number, attributes: Attributes) => boolean,
  draw: Draw,
  attributes: (random: Random) => Attributes = () => ({}),
): OpSuite {
  return {
    op,
    outputs: ['int32'],
    differentiableInputs: [],
    differentiableOutputs: [],
    reference: {
      forward: (inputs, given) => [mapTensor(required(inputs, 0), (x) => Number(holds(x, given)))],
    },
    cases: casesFrom(op, {
      odd: elementwiseShapes.odd.map((shape) => ({ shape, given: {} as Attributes })),
      draw: (random) => ({ shape: elementwiseShapes.draw(random), given: attributes(random) }),
      build: ({ shape, given }, { random }) => ({ inputs: [draw(shape, random)], attributes: given }),
    }),
  };
}

const drawSpecial: Draw = (shape, random) =>
  float32(shape, () => random.pick([0, -0, 1, -3.5, NaN, Infinity, -Infinity, 3e38, 1e-40]));

export const not = testSuite('not', (x) => x === 0, drawTruth);
export const isNan = testSuite('isNan', Number.isNaN, drawSpecial);
export const isInf = testSuite(
  'isInf',
  (x, { detectPositive = true, detectNegative = true }) =>
    (x === Infinity && detectPositive === true) || (x === -Infinity && detectNegative === true),
  drawSpecial,
  (random) => ({ detectPositive: random.chance(0.5), detectNegative: random.chance(0.5) }),
);

interface CastConfiguration {
  readonly shape: readonly number[];
  readonly from: 'float32' | 'int32';
  readonly truth: boolean;
}

/** cast(x) to one dtype, from both. `outputs` names the dtype, so each target has a suite of its own. */
function castSuite(to: 'float32' | 'int32', differentiable: boolean): OpSuite {
  const convert = (x: number, attributes: Attributes) =>
    flagAttribute(attributes, 'truth') ? Number(x !== 0) : to === 'int32' ? Math.trunc(x) + 0 : x;
  return {
    op: 'cast',
    title: differentiable ? 'cast of floats to floats' : `cast to ${to}`,
    outputs: [to],
    differentiableInputs: differentiable ? [0] : [],
    differentiableOutputs: differentiable ? [0] : [],
    reference: {
      forward(inputs, attributes) {
        if (textAttribute(attributes, 'to') !== to) throw new RangeError('another target');
        return [mapTensor(required(inputs, 0), (x) => convert(x, attributes))];
      },
      ...(differentiable ? { vjp: (_inputs, _attributes, cotangents) => [required(cotangents, 0)] } : {}),
    },
    cases: casesFrom<CastConfiguration>('cast', {
      odd: elementwiseShapes.odd.map((shape) => ({ shape, from: 'float32', truth: false })),
      draw: (random) => ({
        shape: elementwiseShapes.draw(random),
        from: differentiable ? 'float32' : random.pick(['float32', 'int32']),
        truth: !differentiable && random.chance(0.4),
      }),
      build({ shape, from, truth }, { random, smooth }) {
        const scale = smooth ? 3 : random.pick([3, 3, 1e6]);
        const value = () =>
          smooth || random.chance(0.9) ? scale * random.bell() : random.pick([0, -0, 0.999, -0.999]);
        const x = from === 'int32' ? int32(shape, () => random.integer(-3, 3)) : float32(shape, value);
        return { inputs: [x], attributes: { to, truth } };
      },
    }),
  };
}

export const castToInteger = castSuite('int32', false);
export const castToFloat = castSuite('float32', false);
export const castBetweenFloats = castSuite('float32', true);
