import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import { float32Tensor, GraphBuilder, int32Tensor } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { evaluate, smallNetwork, values } from './evaluate.test-support.ts';
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

test('any value can be asked for, by name or alias, and asking changes nothing', async () => {
  const { graph, parameters, x } = smallNetwork();
  const outputs = ['scores', 'conv1', 'relu1', 'norm1.mean', 'pool.switches', 'flat', 'x', 'w1', 'scores'];
  const all = await evaluate(device, graph, { parameters, inputs: { x }, outputs });
  expect(Object.keys(all)).toEqual([...new Set(outputs)]);
  expect(all['x']).toEqual([...x.data]);
  expect(all['w1']).toEqual([...(parameters['w1']?.data ?? [])]);
  expect(all['relu1']?.some((value) => value < 0)).toBe(false);
  expect(all['pool.switches']?.every(Number.isInteger)).toBe(true);
  const { logits } = await evaluate(device, graph, { parameters, inputs: { x } });
  expect(all['scores']).toEqual(logits);
  expect((await evaluate(device, graph, { parameters, inputs: { x }, outputs: ['conv1'] }))['conv1']).toEqual(
    all['conv1'],
  );
});

test('reshape and flatten share the memory of what they view', async () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [2, 3, 4]);
  builder.op('relu', ['x'], {}, 'y');
  builder.op('flatten', ['y'], {}, 'flat');
  builder.op('reshape', ['flat'], { shape: [4, 6] }, 'folded');
  builder.op('add', ['folded', 'folded'], {}, 'twice');
  builder.output('folded', 'twice', 'y');
  const plan = await Plan.compile(device, builder.build());
  expect(plan.steps.map(({ node }) => node)).toEqual(['y', 'twice']);
  expect(plan.memory.slots).toHaveLength(2);
  plan.dispose();
  const x = float32Tensor(
    [2, 3, 4],
    Array.from({ length: 24 }, (_, index) => index),
  );
  const { folded, twice, y } = await evaluate(device, builder.build(), { inputs: { x } });
  expect(folded).toEqual([...x.data]);
  expect(y).toEqual(folded);
  expect(twice).toEqual([...x.data].map((value) => 2 * value));
});

test('views of inputs and parameters, constants and scalars are values like others', async () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [4]);
  builder.parameter('p', [2, 2]);
  builder.constant('c', float32Tensor([4], [10, 20, 30, 40]));
  builder.constant('labels', int32Tensor([2], [7, 8]));
  for (const name of ['first', 'second', 'third']) builder.scalar(name, 'float32');
  builder.scalar('count', 'int32');
  builder.op('reshape', ['p'], { shape: [4] }, 'flatP');
  builder.op('reshape', ['second'], { shape: [1] }, 'viewed');
  builder.op('add', ['x', 'c'], {}, 'shifted');
  builder.op('multiply', ['shifted', 'viewed'], {}, 'scaled');
  builder.op('add', ['scaled', 'flatP'], {}, 'y');
  builder.op('add', ['x', 'third'], {}, 'z');
  builder.output('y', 'z', 'flatP', 'viewed', 'c', 'labels', 'third', 'count');
  const results = await evaluate(device, builder.build(), {
    inputs: { x: float32Tensor([4], [1, 2, 3, 4]) },
    parameters: { p: float32Tensor([2, 2], [100, 200, 300, 400]) },
    scalars: { first: -1, second: 2, third: 0.5, count: 3 },
  });
  expect(results).toEqual({
    y: [122, 244, 366, 488],
    z: [1.5, 2.5, 3.5, 4.5],
    flatP: [100, 200, 300, 400],
    viewed: [2],
    c: [10, 20, 30, 40],
    labels: [7, 8],
    third: [0.5],
    count: [3],
  });
});

test('a result lies in memory of its own: writing the parameter leaves it as it was', async () => {
  const builder = new GraphBuilder();
  builder.parameter('p', [2]);
  builder.output('p');
  const parameters = await ParameterSet.create(device, new Map([['p', float32Tensor([2], [1, 2])]]));
  const plan = await Plan.compile(device, builder.build());
  const instance = await plan.instantiate(parameters);
  const results = await instance.run();
  parameters.write('p', float32Tensor([2], [3, 4]));
  expect([...((await results.get('p')?.read())?.data ?? [])]).toEqual([1, 2]);
  for (const owner of [instance, plan, parameters]) owner.dispose();
});

test('names that look like those of the engine are taken as they are', async () => {
  const builder = new GraphBuilder();
  builder.input('w:conv2d-pack in 1 groups of 1x1x1x1', 'float32', [1, 1, 3, 3]);
  builder.parameter('w', [1, 1, 1, 1]);
  builder.parameter('w:update', [1, 1, 1, 1]);
  builder.op('conv2d', ['w:conv2d-pack in 1 groups of 1x1x1x1', 'w'], {}, 'w:result');
  builder.op('reduceSum', ['w:result'], {}, 'conv:partials');
  builder.output('conv:partials', 'w', 'w:result');
  builder.update('w', 'w:update');
  builder.update('w:update', 'w');
  const results = await evaluate(device, builder.build(), {
    inputs: { 'w:conv2d-pack in 1 groups of 1x1x1x1': float32Tensor([1, 1, 3, 3], Array<number>(9).fill(2)) },
    parameters: { w: float32Tensor([1, 1, 1, 1], [3]), 'w:update': float32Tensor([1, 1, 1, 1], [5]) },
  });
  expect(results).toEqual({ 'conv:partials': [54], w: [3], 'w:result': Array<number>(9).fill(6) });
});

test('one parameter may be convolved with in two shapes', async () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [1, 2, 4, 4]);
  builder.parameter('w', [3, 2, 1, 2]);
  builder.op('reshape', ['w'], { shape: [3, 2, 2, 1] }, 'turned');
  builder.op('conv2d', ['x', 'w'], {}, 'a');
  builder.op('conv2d', ['x', 'turned'], {}, 'b');
  builder.output('a', 'b');
  const options = { inputs: { x: values([1, 2, 4, 4]) }, parameters: { w: values([3, 2, 1, 2], 3) } };
  const fast = await evaluate(device, builder.build(), options);
  const naive = await evaluate(device, builder.build(), { ...options, kernels: 'naive' });
  for (const name of ['a', 'b']) {
    fast[name]?.forEach((value, index) => expect(value).toBeCloseTo(naive[name]?.[index] ?? Number.NaN, 5));
  }
});
