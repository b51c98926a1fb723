import type { Attributes } from '../../src/graph/attributes.ts';
import { broadcastIndices, broadcastShape, drawOperands, oddOperands } from '../broadcasting.ts';
import { casesFrom } from '../cases.ts';
import { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { required, tensorOf } from '../tensor.ts';
import { int32 } from '../values.ts';

interface IntegerFunction {
  readonly value: (x: number, y: number, attributes: Attributes) => number;
  /** The range of y; x is anything that int32 holds, or of the same range. */
  readonly right?: readonly [low: number, high: number];
  readonly nonzero?: boolean;
  readonly small?: boolean;
  readonly attributes?: (random: Random) => Attributes;
}

/** The int32 side of an arithmetic op: results wrap at 32 bits. */
function integerSuite(
  op: string,
  { value, right = [-9, 9], nonzero = false, small = false, attributes }: IntegerFunction,
): OpSuite {
  return {
    op,
    title: `${op} of integers`,
    outputs: ['int32'],
    differentiableInputs: [],
    differentiableOutputs: [],
    reference: {
      forward(inputs, given) {
        const [a, b] = [required(inputs, 0), required(inputs, 1)];
        const shape = broadcastShape(a.shape, b.shape);
        const places = broadcastIndices(b.shape, shape);
        const results = broadcastIndices(a.shape, shape).map(
          (left, index) => value(a.data[left]!, b.data[places[index]!]!, given) | 0,
        );
        return [tensorOf(shape, results)];
      },
    },
    cases: casesFrom(op, {
      odd: oddOperands.map((shapes, index) => ({ shapes, given: attributes?.(new Random(index)) ?? {} })),
      draw: (random) => ({ shapes: drawOperands(random), given: attributes?.(random) ?? {} }),
      build({ shapes: [a, b], given }, { random }) {
        const wide = !small && random.chance(0.5);
        const drawRight = (): number => {
          const y = random.integer(...right);
          return y === 0 && nonzero ? drawRight() : y;
        };
        const left = () => (wide ? random.bits() | 0 : random.integer(-9, 9));
        return { inputs: [int32(a, left), int32(b, drawRight)], attributes: given };
      },
    }),
  };
}

export const addIntegers = integerSuite('add', { value: (x, y) => x + y });
export const subtractIntegers = integerSuite('subtract', { value: (x, y) => x - y });
export const multiplyIntegers = integerSuite('multiply', { value: Math.imul });
export const divideIntegers = integerSuite('divide', { value: (x, y) => Math.trunc(x / y), nonzero: true });
export const minimumOfIntegers = integerSuite('minimum', {
  value: (x, y) => Math.min(x, y),
  right: [-2_000_000_000, 2_000_000_000],
});
export const maximumOfIntegers = integerSuite('maximum', {
  value: (x, y) => Math.max(x, y),
  right: [-2_000_000_000, 2_000_000_000],
});
export const powOfIntegers = integerSuite('pow', { value: (x, y) => x ** y, right: [0, 8], small: true });
export const modOfIntegers = integerSuite('mod', {
  value: (x, y, { truncated }) => (truncated === true ? x % y : x - y * Math.floor(x / y)),
  nonzero: true,
  attributes: (random) => ({ truncated: random.chance(0.5) }),
});
