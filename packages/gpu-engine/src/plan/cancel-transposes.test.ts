import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import { GraphBuilder } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { cancelTransposes } from './cancel-transposes.ts';
import { evaluate, values } from './evaluate.test-support.ts';
import { Plan } from './plan.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => device.dispose());

const CHAINS: readonly (readonly (readonly number[])[])[] = [
  [
    [0, 2, 3, 1],
    [0, 3, 1, 2],
  ],
  [
    [1, 2, 3, 0],
    [1, 2, 3, 0],
    [3, 1, 0, 2],
  ],
  [[0, 1, 2, 3]],
  [
    [3, 2, 1, 0],
    [3, 2, 1, 0],
    [0, 2, 1, 3],
  ],
];

test.each(CHAINS.map((chain) => [JSON.stringify(chain), chain] as const))(
  'a chain of transposes %s takes one step at most, and gives the same',
  async (_text, chain) => {
    const builder = new GraphBuilder();
    let value = builder.input('x', 'float32', [2, 3, 4, 5]);
    for (const permutation of chain)
      value = builder.op('identity', [builder.op('transpose', [value], { permutation })]);
    const last = builder.op('relu', [value], {}, 'last');
    builder.output(last);
    const graph = builder.build();
    const plan = await Plan.compile(device, graph);
    const names = plan.steps.flatMap((step) => (step.kind === 'dispatch' ? [step.call.kernel] : [step.kind]));
    expect(names.length).toBeLessThanOrEqual(2);
    plan.dispose();
    const x = values([2, 3, 4, 5], 3);
    // Every value of the chain asked for: none of them can be left out, so each is computed.
    const whole = graph.nodes.flatMap(({ outputs }) => outputs);
    const apart = await evaluate(device, { ...graph, outputs: whole }, { inputs: { x } });
    expect((await evaluate(device, graph, { inputs: { x } }))['last']).toEqual(apart['last']);
    expect(apart['last']).toEqual(transposed(x.data, [2, 3, 4, 5], chain).map((number) => Math.max(0, number)));
  },
);

test('a graph without transposes stays as it is', () => {
  const builder = new GraphBuilder();
  builder.output(builder.op('relu', [builder.input('x', 'float32', [2])]));
  const graph = builder.build();
  expect(cancelTransposes(graph)).toBe(graph);
});

/** One transpose after another, element by element. */
function transposed(
  data: ArrayLike<number>,
  shape: readonly number[],
  chain: readonly (readonly number[])[],
): number[] {
  let [numbers, sizes] = [Array.from(data), shape];
  for (const permutation of chain) {
    const strides = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((product, size) => product * size, 1));
    const next = permutation.map((axis) => sizes[axis] as number);
    numbers = numbers.map((_, index) => {
      let [rest, place] = [index, 0];
      for (let axis = next.length - 1; axis >= 0; axis--) {
        const size = next[axis] as number;
        place += (rest % size) * (strides[permutation[axis] as number] as number);
        rest = Math.floor(rest / size);
      }
      return numbers[place] as number;
    });
    sizes = next;
  }
  return numbers;
}
