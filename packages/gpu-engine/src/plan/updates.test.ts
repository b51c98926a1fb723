import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import { float32Tensor, GraphBuilder, type Graph, type TensorData } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { values } from './evaluate.test-support.ts';
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

const vector = (...numbers: number[]) => float32Tensor([numbers.length], numbers);

/** Runs once; gives the outputs, and the parameters as the run has left them. */
async function step(
  graph: Graph,
  tensors: Record<string, TensorData>,
  scalars: Record<string, number> = {},
  inputs: Record<string, TensorData> = {},
) {
  const parameters = await ParameterSet.create(device, new Map(Object.entries(tensors)));
  const plan = await Plan.compile(device, graph);
  const instance = await plan.instantiate(parameters);
  const outputs: Record<string, number[]> = {};
  for (const [name, tensor] of await instance.run({ scalars, inputs })) {
    outputs[name] = [...(await tensor.read()).data];
  }
  const after = Object.fromEntries([...(await parameters.read())].map(([name, { data }]) => [name, [...data]]));
  const copies = plan.steps.filter(({ kind }) => kind === 'copy').length;
  for (const owner of [instance, plan, parameters]) owner.dispose();
  return { outputs, after, copies };
}

function sgdGraph(): GraphBuilder {
  const builder = new GraphBuilder();
  builder.parameter('w', [2]);
  builder.parameter('v', [2], { trainable: false });
  builder.parameter('g', [2], { trainable: false });
  builder.scalar('rate', 'float32');
  const [next = '', velocity = ''] = builder.node('sgd', ['w', 'g', 'v', 'rate'], { momentum: 0.5 }, 'step');
  builder.update('w', next);
  builder.update('v', velocity);
  return builder;
}
const sgdTensors = { w: vector(10, 20), v: vector(2, 4), g: vector(1, 1) };

test('an optimiser updates parameter and moments in place', async () => {
  const { after, copies } = await step(sgdGraph().build(), sgdTensors, { rate: 1 });
  expect(after).toEqual({ w: [8, 17], v: [2, 3], g: [1, 1] });
  expect(copies).toBe(0);
});

test('Adam updates in place as well', async () => {
  const builder = new GraphBuilder();
  for (const name of ['w', 'm', 'v', 'g']) builder.parameter(name, [2]);
  for (const name of ['size', 'correction']) builder.scalar(name, 'float32');
  const outputs = builder.node('adam', ['w', 'g', 'm', 'v', 'size', 'correction'], { epsilon: 0 }, 'step');
  ['w', 'm', 'v'].forEach((name, index) => builder.update(name, outputs[index] as string));
  const zeros = vector(0, 0);
  const tensors = { w: vector(1, 2), m: zeros, v: zeros, g: vector(3, -5) };
  const { after, copies } = await step(builder.build(), tensors, {
    size: 0.1 / (1 - 0.9),
    correction: Math.sqrt(0.001),
  });
  expect(copies).toBe(0);
  expect(after['w']?.[0]).toBeCloseTo(0.9, 5);
  expect(after['w']?.[1]).toBeCloseTo(2.1, 5);
  expect(after['m']?.[0]).toBeCloseTo(0.3, 6);
});

test.each(['w', 'shape of w', 'step', 'sum of w', 'copy of w'])(
  'a run gives values as they are before the updates, also where one reads %s',
  async (what) => {
    const builder = sgdGraph();
    if (what === 'shape of w') builder.op('reshape', ['w'], { shape: [2, 1] }, what);
    if (what === 'sum of w') builder.op('reduceSum', ['w'], {}, what);
    if (what === 'copy of w') {
      builder.parameter('previous', [2]);
      builder.update('previous', 'w');
      builder.output('w');
    } else {
      builder.output(what);
    }
    const tensors = what === 'copy of w' ? { ...sgdTensors, previous: vector(0, 0) } : sgdTensors;
    const { outputs, after } = await step(builder.build(), tensors, { rate: 1 });
    expect(after['w']).toEqual([8, 17]);
    expect(after['v']).toEqual([2, 3]);
    if (what === 'copy of w') expect(after['previous']).toEqual([10, 20]);
    const wanted: Record<string, number[]> = { step: [8, 17], 'sum of w': [30] };
    for (const [name, got] of Object.entries(outputs)) expect(got, name).toEqual(wanted[name] ?? [10, 20]);
  },
);

test('the learning rate may be a parameter, which lies in the buffer that the optimiser changes', async () => {
  const builder = new GraphBuilder();
  for (const name of ['w', 'v', 'g']) builder.parameter(name, [2]);
  builder.parameter('rate', []);
  const [next = '', velocity = ''] = builder.node('sgd', ['w', 'g', 'v', 'rate'], { momentum: 0.5 }, 'step');
  builder.update('w', next);
  builder.update('v', velocity);
  const { after, copies } = await step(builder.build(), { ...sgdTensors, rate: float32Tensor([], [1]) });
  expect(after).toEqual({ w: [8, 17], v: [2, 3], g: [1, 1], rate: [1] });
  expect(copies).toBe(1);
});

test('a parameter may be its own gradient', async () => {
  const builder = new GraphBuilder();
  for (const name of ['w', 'v']) builder.parameter(name, [2]);
  builder.scalar('rate', 'float32');
  const [next = ''] = builder.node('sgd', ['w', 'w', 'v', 'rate'], { momentum: 0 }, 'decay');
  builder.update('w', next);
  const { after } = await step(builder.build(), { w: vector(10, 20), v: vector(0, 0) }, { rate: 0.1 });
  expect(after).toEqual({ w: [9, 18], v: [0, 0] });
});

test('parameters exchange their values', async () => {
  const builder = new GraphBuilder();
  for (const name of ['p', 'q', 'r']) builder.parameter(name, [2]);
  builder.update('p', 'q');
  builder.update('q', 'p');
  builder.update('r', builder.op('add', ['p', 'r'], {}, 'total'));
  builder.output('p', 'total');
  const { outputs, after } = await step(builder.build(), { p: vector(1, 2), q: vector(3, 4), r: vector(5, 6) });
  expect(outputs).toEqual({ p: [1, 2], total: [6, 8] });
  expect(after).toEqual({ p: [3, 4], q: [1, 2], r: [6, 8] });
});

test('a parameter takes an input, a scalar or a constant', async () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [2]);
  builder.scalar('other', 'float32');
  builder.scalar('count', 'float32');
  builder.constant('c', vector(8, 9));
  builder.parameter('a', [2]);
  builder.parameter('b', []);
  builder.parameter('d', [2]);
  builder.update('a', 'x');
  builder.update('b', 'count');
  builder.update('d', 'c');
  const tensors = { a: vector(0, 0), b: float32Tensor([], [0]), d: vector(0, 0) };
  const { after } = await step(builder.build(), tensors, { other: 1, count: 42 }, { x: vector(6, 7) });
  expect(after).toEqual({ a: [6, 7], b: [42], d: [8, 9] });
});

test('running statistics follow the batches', async () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [2, 1, 1, 2]);
  builder.parameter('scale', [1]);
  builder.parameter('shift', [1]);
  builder.parameter('running', [1], { trainable: false });
  builder.node('batchNorm', ['x', 'scale', 'shift'], {}, 'norm');
  const kept = builder.op('scale', ['running'], { factor: 0.5 });
  builder.update('running', builder.op('add', [kept, builder.op('scale', ['norm.mean'], { factor: 0.5 })]));
  builder.output('norm');
  const tensors = { scale: vector(1), shift: vector(0), running: vector(100) };
  const x = float32Tensor([2, 1, 1, 2], [1, 3, 5, 7]);
  const { outputs, after } = await step(builder.build(), tensors, {}, { x });
  expect(after['running']).toEqual([52]);
  expect(outputs['norm']?.reduce((total, value) => total + value, 0)).toBeCloseTo(0, 5);
});

test('a layer that reads the updated weights gets the new ones', async () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [1, 1, 3, 3]);
  for (const name of ['w', 'v', 'g']) builder.parameter(name, [1, 1, 2, 2]);
  builder.scalar('rate', 'float32');
  builder.op('conv2d', ['x', 'w'], {}, 'before');
  const [next = ''] = builder.node('sgd', ['w', 'g', 'v', 'rate'], { momentum: 0 }, 'step');
  builder.op('conv2d', ['x', next], {}, 'after');
  builder.update('w', next);
  builder.output('before', 'after');
  const x = float32Tensor([1, 1, 3, 3], Array<number>(9).fill(1));
  const [w, g] = [values([1, 1, 2, 2], 3), float32Tensor([1, 1, 2, 2], [1, 1, 1, 1])];
  const { outputs } = await step(builder.build(), { w, g, v: float32Tensor([1, 1, 2, 2]) }, { rate: 1 }, { x });
  const sum = [...w.data].reduce((total, value) => total + value, 0);
  expect(outputs['before']?.[0]).toBeCloseTo(sum, 5);
  expect(outputs['after']?.[0]).toBeCloseTo(sum - 4, 5);
});
