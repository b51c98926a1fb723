import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import { Tensor } from '../device/tensor.ts';
import { backward, GraphBuilder, int32Tensor, type Graph } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { evaluate, values, type Evaluation } from './evaluate.test-support.ts';
import { Plan } from './plan.ts';

let whole: GpuDevice;
/** Bindings of 4 KiB: tensors of more than 1024 elements are cut. */
let cut: GpuDevice;
beforeAll(async () => {
  [whole, cut] = [await requestNodeDevice(), await requestNodeDevice({ maxBindingBytes: 4096 })];
});
afterAll(() => {
  for (const device of [whole, cut]) {
    expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
    device.dispose();
  }
});

async function expectSameOnBoth(graph: Graph, evaluation: Evaluation): Promise<void> {
  const [want, got] = [await evaluate(whole, graph, evaluation), await evaluate(cut, graph, evaluation)];
  for (const [name, numbers] of Object.entries(want)) {
    const largest = Math.max(...numbers.map(Math.abs));
    const worst = Math.max(...numbers.map((value, index) => Math.abs(value - (got[name]?.[index] ?? Number.NaN))));
    expect(worst, name).toBeLessThanOrEqual(1e-5 * largest);
  }
}

test('a tensor of many chunks is written, read and cloned', async () => {
  for (const data of [
    values([50, 7, 11]),
    int32Tensor(
      [1000, 3],
      Int32Array.from({ length: 3000 }, (_, i) => -i),
    ),
  ]) {
    const tensor = await cut.upload(data);
    expect(tensor.buffers.length).toBeGreaterThan(2);
    expect(await tensor.read()).toEqual(data);
    const clone = await tensor.clone();
    tensor.dispose();
    expect(await clone.read()).toEqual(data);
    clone.dispose();
  }
});

test('a row that is larger than a binding is cut inside; one that is larger than 64 bindings is refused', async () => {
  const tensor = await cut.upload(values([2, 1025]));
  expect(tensor.buffers.length).toBe(3);
  expect(await tensor.read()).toEqual(values([2, 1025]));
  tensor.dispose();
  await expect(Tensor.allocate(cut, 'float32', [1, 65 * 1024])).rejects.toThrow(
    'one row of the tensor is larger than many bindings; got 266240 bytes in 1x66560; wanted at most 64 bindings of 4096',
  );
});

test('a dense layer over weights of many chunks: forward, both gradients, one step of each optimiser', async () => {
  const shape = [61, 64];
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [3, 64]);
  builder.input('seed', 'float32', [3, 61]);
  for (const name of ['w', 'velocity', 'first', 'second']) builder.parameter(name, shape);
  for (const name of ['rate', 'size', 'correction']) builder.scalar(name, 'float32');
  builder.output(builder.op('dense', ['x', 'w'], {}, 'y'));
  const { graph, cotangents } = backward(builder.build(), { of: 'y', seed: 'seed', wrt: ['x', 'w'] });
  const parameters = Object.fromEntries(
    ['w', 'velocity', 'first', 'second'].map((name, index) => [name, values(shape, index + 3)]),
  );
  const squared = values(shape, 9);
  parameters['second'] = { ...squared, data: squared.data.map((value) => value * value) };
  const evaluation = {
    parameters,
    inputs: { x: values([3, 64], 20), seed: values([3, 61], 21) },
    scalars: { rate: 0.1, size: 0.01, correction: 0.5 },
  };
  const gradient = cotangents.get('w') as string;
  await expectSameOnBoth({ ...graph, outputs: ['y', cotangents.get('x') as string, gradient] }, evaluation);

  const steps = new GraphBuilder({ ...graph, outputs: [] });
  const sgd = steps.node('sgd', ['w', gradient, 'velocity', 'rate'], {}, 'sgd');
  const adam = steps.node('adam', ['w', gradient, 'first', 'second', 'size', 'correction'], {}, 'adam');
  steps.output(...sgd, ...adam);
  await expectSameOnBoth(steps.build(), evaluation);

  const inPlace = new GraphBuilder({ ...graph, outputs: [] });
  const [next = '', velocity = ''] = inPlace.node('sgd', ['w', gradient, 'velocity', 'rate'], {}, 'step');
  inPlace.update('w', next);
  inPlace.update('velocity', velocity);
  inPlace.output('w', next);
  await expectSameOnBoth(inPlace.build(), evaluation);
});

test('elementwise ops, views and updates over many chunks', async () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [70, 31]);
  builder.parameter('p', [70, 31]);
  builder.op('add', ['x', 'p'], {}, 'sum');
  builder.op('relu', ['sum'], {}, 'y');
  // Cut at other places than y is.
  builder.op('reshape', ['y'], { shape: [10, 217] }, 'wide');
  builder.op('scale', ['wide'], { factor: -2 }, 'scaled');
  builder.op('reshape', ['scaled'], { shape: [70, 31] }, 'back');
  builder.op('multiply', ['back', 'x'], {}, 'product');
  builder.update('p', 'product');
  builder.output('y', 'wide', 'scaled', 'product', 'p', 'x');
  await expectSameOnBoth(builder.build(), {
    inputs: { x: values([70, 31], 2) },
    parameters: { p: values([70, 31], 3) },
  });
});

test('numbers and rows are repeated over many chunks', async () => {
  const builder = new GraphBuilder();
  builder.input('number', 'float32', []);
  builder.input('row', 'float32', [1, 31]);
  builder.op('expand', ['number'], { shape: [70, 31] }, 'numbers');
  builder.op('expand', ['row'], { shape: [70, 31] }, 'rows');
  builder.output('numbers', 'rows');
  await expectSameOnBoth(builder.build(), {
    inputs: { number: values([], 4), row: values([1, 31], 5) },
    parameters: {},
  });
});

test.each([
  ['softmax', [40, 40], { axis: 0 }],
  ['reduceSum', [40, 40], {}],
  ['globalAveragePool', [4, 5, 12, 12], {}],
  ['slice', [40, 40], { axis: 0, start: 20, length: 10 }],
  ['globalAveragePool', [1, 2, 40, 40], {}],
  ['relu', [1, 5000], {}],
  ['transpose', [1, 3, 1001], { permutation: [2, 0, 1] }],
])('%s of %j, whose kernel sees all chunks at once', async (op, shape, attributes) => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', shape);
  builder.op('relu', ['x'], {}, 'fine');
  builder.output(builder.node(op, ['fine'], attributes, 'whole')[0] as string);
  await expectSameOnBoth(builder.build(), { inputs: { x: values(shape, 5) } });
});

test('outputs that need more bindings than a kernel has are written part by part', async () => {
  const few = await requestNodeDevice({ maxBindingBytes: 4096, maxBindings: 8 });
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [6, 1000]);
  builder.output(builder.op('transpose', ['x'], { permutation: [1, 0] }, 'y'));
  const options = { inputs: { x: values([6, 1000], 5) } };
  const plan = await Plan.compile(few, builder.build());
  expect(plan.steps.length).toBeGreaterThan(1);
  plan.dispose();
  expect(await evaluate(few, builder.build(), options)).toEqual(await evaluate(whole, builder.build(), options));
  expect(few.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  few.dispose();
});

test('inputs that need more bindings than a kernel has are refused when the plan is made, and named', async () => {
  const before = cut.memory.use;
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [50, 1000]);
  builder.constant('c', values([8]));
  builder.op('relu', ['x'], {}, 'fine');
  builder.output('c', builder.op('reduceSum', ['fine'], {}, 'whole'));
  await expect(Plan.compile(cut, builder.build())).rejects.toMatchObject({
    code: 'device-limit',
    detail: { node: 'whole' },
  });
  expect(cut.memory.use).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
});
