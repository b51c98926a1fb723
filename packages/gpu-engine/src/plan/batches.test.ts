import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import { GraphBuilder, type Graph, type TensorData } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { addOptimizer, type Optimizer } from '../training/optimizers.ts';
import { values } from './evaluate.test-support.ts';
import type { Instance } from './instance.ts';
import { ParameterSet } from './parameter-set.ts';
import { profileRun } from './profile.ts';
import { Plan, type PlanOptions } from './plan.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

const SHAPES: readonly (readonly number[])[] = [[1], [7], [64], [300, 5], [2, 3, 3, 3], [2500], []];
const OPTIMIZERS: readonly Optimizer[] = [
  { kind: 'adam', weightDecay: 0.01 },
  { kind: 'sgd', nesterov: true, weightDecay: 0.01 },
];

/** Every parameter follows the gradient tanh(p): computed by a step of its own. */
function optimizing(optimizer: Optimizer): Graph {
  const builder = new GraphBuilder();
  const gradients = new Map<string, string>();
  SHAPES.forEach((shape, index) => builder.parameter(`p${index}`, shape));
  SHAPES.forEach((_, index) => gradients.set(`p${index}`, builder.op('tanh', [`p${index}`], {}, `g${index}`)));
  addOptimizer(builder, optimizer, gradients);
  return builder.build();
}

/** Positive numbers, as second moments are. */
function tensorsOf(graph: Graph, order: 'as declared' | 'mixed'): Map<string, TensorData> {
  const names = [...graph.parameters.keys()];
  const nameOf = (name: string) => name.replace('optimizer:', '');
  if (order === 'mixed') names.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return new Map(
    names.map((name, index) => {
      const { shape, data, dtype } = values((graph.values.get(name)?.shape ?? []) as number[], index);
      return [name, { dtype, shape, data: data.map(Math.abs) }];
    }),
  );
}

async function trained(
  on: GpuDevice,
  graph: Graph,
  { order = 'as declared', ...options }: PlanOptions & { order?: 'as declared' | 'mixed' } = {},
) {
  const parameters = await ParameterSet.create(on, tensorsOf(graph, 'as declared'));
  const plan = await Plan.compile(on, graph, options);
  const set = order === 'mixed' ? await ParameterSet.create(on, tensorsOf(graph, 'mixed')) : parameters;
  for (const [name, data] of await parameters.read()) set.write(name, data);
  const instances = [await plan.instantiate(set), await plan.instantiate(set)];
  const scalars = Object.fromEntries(graph.scalars.map((name, index) => [name, 0.1 * (index + 1)]));
  for (const instance of [...instances, ...instances]) await instance.run({ scalars });
  const after = new Map([...(await set.read())].map(([name, { data }]) => [name, [...data]]));
  const profile = await profileRun(instances[0] as Instance, {
    scalars,
    runs: 1,
    method: 'clock',
    clock: () => performance.now(),
  });
  const updates = (profile?.nodes ?? []).flatMap(({ node }) => (node.startsWith('optimizer:') ? [node] : []));
  for (const owner of [...instances, plan, parameters, set]) owner.dispose();
  return { after: Object.fromEntries([...after].toSorted(([a], [b]) => (a < b ? -1 : 1))), updates };
}

test.each(OPTIMIZERS)('$kind changes all parameters in one dispatch, to the same bits', async (optimizer) => {
  const graph = optimizing(optimizer);
  const together = await trained(device, graph);
  expect(together.updates).toEqual([`optimizer:p0 and ${SHAPES.length - 1} more`]);
  const oneByOne = await trained(device, graph, { operationsPerSubmit: 1 });
  expect(oneByOne.updates.length).toBe(SHAPES.length);
  expect(together.after).toEqual(oneByOne.after);
});

test('parameters that lie mixed with their moments give the same bits, in several dispatches', async () => {
  const graph = optimizing({ kind: 'adam' });
  const together = await trained(device, graph);
  const mixed = await trained(device, graph, { order: 'mixed' });
  expect(mixed.after).toEqual(together.after);
  expect(mixed.updates.length).toBe(SHAPES.length);
});

test('parameters over the binding limit are changed on their own, to the same bits', async () => {
  const small = await requestNodeDevice({ maxBindingBytes: 4096 });
  for (const optimizer of OPTIMIZERS) {
    const graph = optimizing(optimizer);
    const cut = await trained(small, graph);
    expect(cut.after).toEqual((await trained(device, graph)).after);
    expect(cut.updates.length).toBeLessThan(SHAPES.length);
    expect(cut.updates).toContain('optimizer:p5');
  }
  expect(small.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  small.dispose();
});
