import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import type { Tensor } from '../device/tensor.ts';
import { float32Tensor, GraphBuilder, int32Tensor } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { smallNetwork } from './evaluate.test-support.ts';
import type { Instance } from './instance.ts';
import { ParameterSet } from './parameter-set.ts';
import { Plan } from './plan.ts';

let device: GpuDevice;
let parameters: ParameterSet;
let plan: Plan;
let instance: Instance;
const x = float32Tensor([3], [1, 2, 3]);

/** y = (x + p) * factor. */
function graph() {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [3]);
  builder.scalar('factor', 'float32');
  builder.parameter('p', [3]);
  builder.op('add', ['x', 'p'], {}, 'sum');
  builder.output(builder.op('multiply', ['sum', 'factor'], {}, 'y'));
  return builder.build();
}

beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});
beforeEach(async () => {
  parameters = await ParameterSet.create(device, new Map([['p', float32Tensor([3], [10, 20, 30])]]));
  plan = await Plan.compile(device, graph());
  instance = await plan.instantiate(parameters);
  return () => {
    for (const owner of [instance, plan, parameters]) owner.dispose();
  };
});

const code = (value: string) => expect.objectContaining({ code: value });
const scalars = { factor: 1 };

test('inputs and scalars must be those of the plan', async () => {
  const { run } = { run: instance.run.bind(instance) };
  await expect(run({ scalars })).rejects.toThrow('the inputs of the run are not those of the plan; got none; wanted x');
  await expect(run({ inputs: { x, z: x }, scalars })).rejects.toThrow(code('unknown-name'));
  await expect(run({ inputs: { x } })).rejects.toThrow(/scalars.*wanted factor/);
  await expect(run({ inputs: { x }, scalars: { factor: 1, rate: 2 } })).rejects.toThrow(code('unknown-name'));
  await expect(run({ inputs: { x: float32Tensor([1, 3], [1, 2, 3]) }, scalars })).rejects.toThrow(
    'x: the input does not fit the plan; got float32 1x3; wanted float32 3',
  );
  await expect(run({ inputs: { x: int32Tensor([3]) }, scalars })).rejects.toThrow(code('invalid-tensor'));
  const short = { dtype: 'float32', shape: [3], data: new Float32Array(2) } as const;
  await expect(run({ inputs: { x: short }, scalars })).rejects.toThrow(code('invalid-tensor'));
});

test('a refused run leaves the last results as they are', async () => {
  const y = (await instance.run({ inputs: { x }, scalars })).get('y') as Tensor;
  await expect(instance.run({ inputs: { x: int32Tensor([3]) }, scalars })).rejects.toThrow(code('invalid-tensor'));
  expect([...(await y.read()).data]).toEqual([11, 22, 33]);
});

test('tensors on the GPU are inputs too, also the last result of the same instance', async () => {
  const uploaded = await device.upload(x);
  let y = (await instance.run({ inputs: { x: uploaded }, scalars })).get('y') as Tensor;
  y = (await instance.run({ inputs: { x: y }, scalars })).get('y') as Tensor;
  y = (await instance.run({ inputs: { x: y }, scalars: { factor: 2 } })).get('y') as Tensor;
  expect([...(await y.read()).data]).toEqual([62, 124, 186]);
  uploaded.dispose();
  await expect(instance.run({ inputs: { x: uploaded }, scalars })).rejects.toThrow(code('disposed'));

  const otherDevice = await requestNodeDevice();
  const elsewhere = await otherDevice.upload(x);
  await expect(instance.run({ inputs: { x: elsewhere }, scalars })).rejects.toThrow(code('invalid-tensor'));
  otherDevice.dispose();
});

test('a result holds until the next run; a clone stays', async () => {
  const first = (await instance.run({ inputs: { x }, scalars })).get('y') as Tensor;
  const clone = await first.clone();
  await instance.run({ inputs: { x }, scalars: { factor: 100 } });
  await expect(first.read()).rejects.toThrow(code('stale-tensor'));
  await expect(first.clone()).rejects.toThrow(code('stale-tensor'));
  await expect(instance.run({ inputs: { x: first }, scalars })).rejects.toThrow(code('stale-tensor'));
  expect([...(await clone.read()).data]).toEqual([11, 22, 33]);
  clone.dispose();
  await expect(clone.read()).rejects.toThrow(code('disposed'));
});

test('what was disposed of says so', async () => {
  const y = (await instance.run({ inputs: { x }, scalars })).get('y') as Tensor;
  instance.dispose();
  instance.dispose();
  await expect(y.read()).rejects.toThrow(code('stale-tensor'));
  await expect(instance.run({ inputs: { x }, scalars })).rejects.toThrow(code('disposed'));

  const second = await plan.instantiate(parameters);
  parameters.dispose();
  await expect(second.run({ inputs: { x }, scalars })).rejects.toThrow(code('disposed'));
  await expect(plan.instantiate(parameters)).rejects.toThrow(code('disposed'));
  await expect(parameters.read()).rejects.toThrow(code('disposed'));
  plan.dispose();
  await expect(second.run({ inputs: { x }, scalars })).rejects.toThrow(code('disposed'));
  await expect(plan.instantiate(parameters)).rejects.toThrow(code('disposed'));
  second.dispose();
});

test('disposing of an instance in the middle of a run ends the run with an error', async () => {
  const cut = await Plan.compile(device, graph(), { operationsPerSubmit: 1 });
  expect(cut.cuts.size).toBe(2);
  const other = await cut.instantiate(parameters);
  const running = other.run({ inputs: { x }, scalars });
  await Promise.resolve().then(() => other.dispose());
  await expect(running).rejects.toThrow(code('disposed'));
  cut.dispose();
});

test('a signal cancels a run before and between its submits', async () => {
  const aborted = AbortSignal.abort('enough');
  await expect(instance.run({ inputs: { x }, scalars, signal: aborted })).rejects.toThrow(code('cancelled'));

  const { graph: network, parameters: tensors, x: picture } = smallNetwork();
  const weights = await ParameterSet.create(device, new Map(Object.entries(tensors)));
  const cut = await Plan.compile(device, network, { operationsPerSubmit: 1 });
  const running = await cut.instantiate(weights);
  const controller = new AbortController();
  const run = running.run({ inputs: { x: picture }, signal: controller.signal });
  await Promise.resolve();
  controller.abort();
  await expect(run).rejects.toThrow(code('cancelled'));
  const results = await running.run({ inputs: { x: picture }, signal: new AbortController().signal });
  expect((await (results.get('logits') as Tensor).read()).data.every(Number.isFinite)).toBe(true);
  for (const owner of [running, cut, weights]) owner.dispose();
});

test('a plan names what it cannot give', async () => {
  await expect(Plan.compile(device, graph(), { outputs: ['z'] })).rejects.toThrow(code('unknown-name'));
  await expect(Plan.compile(device, graph(), { outputs: [] })).rejects.toThrow(code('invalid-graph'));
  const builder = new GraphBuilder();
  builder.input('x', 'float32', ['N', 2]);
  builder.output(builder.op('relu', ['x']));
  await expect(Plan.compile(device, builder.build())).rejects.toThrow(/x: .*specialize/);
});
