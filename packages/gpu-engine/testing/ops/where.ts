import { broadcast, broadcastIndices, broadcastShape, drawOperands, oddOperands } from '../broadcasting.ts';
import { casesFrom } from '../cases.ts';
import { applyTransposed } from '../linear-map.ts';
import type { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { mapTensor, required, tensorOf } from '../tensor.ts';
import { int32 } from '../values.ts';

interface Configuration {
  readonly condition: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
}

function drawThree(random: Random, [a, b]: readonly [readonly number[], readonly number[]]): Configuration {
  const condition = random.pick([a, b, broadcastShape(a, b), []]);
  return random.chance(0.5) ? { condition, a, b } : { condition: a, a: condition, b };
}

/** where(condition, a, b) -> a where the condition is not 0, else b; all three broadcast as in numpy. */
export const where: OpSuite = {
  op: 'where',
  outputs: ['float32'],
  differentiableInputs: [1, 2],
  differentiableOutputs: [0],
  reference: {
    forward(inputs) {
      const [condition, a, b] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
      const shape = broadcastShape(condition.shape, broadcastShape(a.shape, b.shape));
      const [left, right] = [broadcastIndices(a.shape, shape), broadcastIndices(b.shape, shape)];
      const chosen = broadcastIndices(condition.shape, shape).map((place, index) =>
        condition.data[place] === 0 ? b.data[right[index]!]! : a.data[left[index]!]!,
      );
      return [tensorOf(shape, chosen)];
    },
    vjp(inputs, _, cotangents) {
      const [condition, a, b] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
      const g = required(cotangents, 0);
      const places = broadcastIndices(condition.shape, g.shape);
      const part = (taken: boolean) =>
        mapTensor(g, (value, index) => ((condition.data[places[index]!] !== 0) === taken ? value : 0));
      return [
        undefined,
        applyTransposed(broadcast(a.shape, g.shape), part(true)),
        applyTransposed(broadcast(b.shape, g.shape), part(false)),
      ];
    },
  },
  cases: casesFrom('where', {
    odd: [
      ...oddOperands.map(([a, b]) => ({ condition: a, a: b, b: a })),
      ...oddOperands.map(([a, b]) => ({ condition: [], a, b })),
      { condition: [2, 0], a: [1], b: [2, 1] },
    ],
    draw: (random) => drawThree(random, drawOperands(random)),
    build: ({ condition, a, b }, values) => ({
      inputs: [int32(condition, () => values.random.pick([0, 0, 1, 1, 5, -1])), values.general(a), values.general(b)],
    }),
  }),
};
