import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import type { Tensor } from '../device/tensor.ts';
import { float32Tensor, GraphBuilder, type Graph, type TensorData } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { evaluate, values } from './evaluate.test-support.ts';
import type { Instance } from './instance.ts';
import { ParameterSet } from './parameter-set.ts';
import { Plan } from './plan.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

const code = (value: string) => expect.objectContaining({ code: value });
const x = values([1, 4, 6, 6], 5);
const weights = (seed: number) => values([8, 4, 3, 3], seed);

/** y = conv2d(x, w): its kernel reads a re-laid-out copy of w. */
function convolution(): Graph {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [1, 4, 6, 6]);
  builder.parameter('w', [8, 4, 3, 3]);
  builder.output(builder.op('conv2d', ['x', 'w'], {}, 'y'));
  return builder.build();
}

/** w becomes w - 1. */
function training(): Graph {
  const builder = new GraphBuilder();
  builder.parameter('w', [8, 4, 3, 3]);
  builder.constant('one', float32Tensor([1], [1]));
  builder.update('w', builder.op('subtract', ['w', 'one'], {}, 'next'));
  return builder.build();
}

const setOf = (w: TensorData) => ParameterSet.create(device, new Map([['w', w]]));
const expected = async (w: TensorData) =>
  (await evaluate(device, convolution(), { inputs: { x }, parameters: { w } }))['y'];

async function run(instance: Instance): Promise<number[]> {
  const results = await instance.run({ inputs: { x } });
  return [...(await (results.get('y') as Tensor).read()).data];
}

test('new weights are seen by every instance, whoever changed them', async () => {
  const parameters = await setOf(weights(1));
  const plans = [await Plan.compile(device, convolution()), await Plan.compile(device, convolution())];
  const trainingPlan = await Plan.compile(device, training());
  const [first, second, third] = (await Promise.all(
    [plans[0], plans[1], plans[0]].map((plan) => (plan as Plan).instantiate(parameters)),
  )) as [Instance, Instance, Instance];
  const trainer = await trainingPlan.instantiate(parameters);
  const all = () => Promise.all([run(first), run(second), run(third)]);

  const before = await expected(weights(1));
  expect(await all()).toEqual([before, before, before]);
  parameters.write('w', weights(2));
  const written = await expected(weights(2));
  expect(await all()).toEqual([written, written, written]);
  await trainer.run();
  const data = weights(2).data.map((value) => value - 1);
  const trained = await expected(float32Tensor([8, 4, 3, 3], data));
  expect(await all()).toEqual([trained, trained, trained]);
  expect((await parameters.read()).get('w')?.data).toEqual(data);
  for (const owner of [first, second, third, trainer, ...plans, trainingPlan, parameters]) owner.dispose();
});

test('derived copies are shared, and computed once a version', async () => {
  const parameters = await setOf(weights(1));
  const plan = await Plan.compile(device, convolution());
  expect(plan.derived.size).toBe(1);
  const [one, other] = [await plan.instantiate(parameters), await plan.instantiate(parameters)];
  const [use] = [...plan.derived.values()];
  const derived = await parameters.derived(['w'], (use as NonNullable<typeof use>).transform);
  expect(derived.version).toBe(-1);
  await run(one);
  expect(derived.version).toBe(parameters.version('w'));

  // Spoil the copy behind the engine's back: it is used as it is until the parameter changes.
  derived.tensor.write(float32Tensor(derived.tensor.shape));
  expect((await run(one)).every((value) => value === 0)).toBe(true);
  expect((await run(other)).every((value) => value === 0)).toBe(true);
  parameters.touch('w');
  const wanted = await expected(weights(1));
  expect(await run(other)).toEqual(wanted);
  expect(await run(one)).toEqual(wanted);
  for (const owner of [one, other, plan, parameters]) owner.dispose();
});

test('two instances of one plan over two sets run side by side', async () => {
  const sets = [await setOf(weights(1)), await setOf(weights(2))] as const;
  const plan = await Plan.compile(device, convolution(), { operationsPerSubmit: 1 });
  const [first, second] = [await plan.instantiate(sets[0]), await plan.instantiate(sets[1])];
  const wanted = [await expected(weights(1)), await expected(weights(2))];
  for (let round = 0; round < 10; round++) {
    expect(await Promise.all([run(first), run(second)])).toEqual(wanted);
  }
  for (const owner of [first, second, plan, ...sets]) owner.dispose();
});

test('reading all parameters never shows half of a run', async () => {
  const builder = new GraphBuilder();
  builder.constant('one', float32Tensor([1], [1]));
  const names = ['a', 'b', 'c', 'd'];
  for (const name of names) {
    builder.parameter(name, [64]);
    builder.update(name, builder.op('add', [name, 'one'], {}, `${name}.next`));
  }
  const parameters = await ParameterSet.create(device, new Map(names.map((name) => [name, float32Tensor([64])])));
  const plan = await Plan.compile(device, builder.build(), { operationsPerSubmit: 1 });
  expect(plan.cuts.size).toBeGreaterThan(4);
  const instance = await plan.instantiate(parameters);
  const runs = (async () => {
    for (let round = 0; round < 20; round++) await instance.run();
  })();
  for (let round = 0; round < 10; round++) {
    const seen = new Set([...(await parameters.read()).values()].map(({ data }) => data[0]));
    expect(seen.size).toBe(1);
  }
  await runs;
  for (const owner of [instance, plan, parameters]) owner.dispose();
});

test('an extended set shares what it extends, with its copies, and owns the rest', async () => {
  const parameters = await setOf(weights(1));
  const plan = await Plan.compile(device, convolution());
  const first = await plan.instantiate(parameters);
  await run(first);
  const before = device.memory.use.buffers;
  const extended = await parameters.extended(new Map([['state', float32Tensor([2], [1, 2])]]));
  expect(device.memory.use.buffers).toBe(before + 1);
  expect(extended.names).toEqual(['w', 'state']);
  const second = await plan.instantiate(extended);
  parameters.write('w', weights(3));
  expect(await run(second)).toEqual(await expected(weights(3)));
  extended.write('w', weights(4));
  expect(await run(first)).toEqual(await expected(weights(4)));
  await expect(parameters.extended(new Map([['w', weights(1)]]))).rejects.toThrow(code('invalid-parameter'));
  for (const owner of [second, extended]) owner.dispose();
  expect(await run(first)).toEqual(await expected(weights(4)));
  const orphan = await parameters.extended(new Map());
  for (const owner of [first, plan, parameters]) owner.dispose();
  expect(() => orphan.tensor('w')).toThrow(code('disposed'));
  orphan.dispose();
});

test('names, shapes and devices are checked', async () => {
  const parameters = await setOf(weights(1));
  expect(() => parameters.tensor('v')).toThrow(code('unknown-name'));
  expect(() => parameters.write('v', weights(1))).toThrow(code('unknown-name'));
  expect(() => parameters.write('w', values([3]))).toThrow(code('invalid-tensor'));
  expect(parameters.version('w')).toBe(0);
  await expect(parameters.read(['v'])).rejects.toThrow(code('unknown-name'));

  const plan = await Plan.compile(device, convolution());
  const wrong = await setOf(values([8, 4, 1, 1]));
  await expect(plan.instantiate(wrong)).rejects.toThrow(
    'w: the parameter does not fit the graph; got float32 8x4x1x1; wanted float32 8x4x3x3',
  );
  const empty = await ParameterSet.create(device, new Map());
  await expect(plan.instantiate(empty)).rejects.toThrow(code('unknown-name'));
  const otherDevice = await requestNodeDevice();
  const elsewhere = await ParameterSet.create(otherDevice, new Map([['w', weights(1)]]));
  await expect(plan.instantiate(elsewhere)).rejects.toThrow(code('invalid-tensor'));
  otherDevice.dispose();
  for (const owner of [plan, wrong, empty, parameters]) owner.dispose();
});

test('a set whose data cannot be uploaded leaves nothing behind', async () => {
  const before = device.memory.use;
  const broken = { dtype: 'float32', shape: [4], data: new Float32Array(3) } as const;
  const tensors = new Map<string, TensorData>([
    ['good', values([1000])],
    ['broken', broken],
  ]);
  await expect(ParameterSet.create(device, tensors)).rejects.toThrow(code('invalid-tensor'));
  expect(device.memory.use).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
});
