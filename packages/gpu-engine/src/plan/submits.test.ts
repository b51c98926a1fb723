import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import type { Tensor } from '../device/tensor.ts';
import { backward, float32Tensor, GraphBuilder, type Graph, type TensorData } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { evaluate, smallNetwork, values } from './evaluate.test-support.ts';
import { ParameterSet } from './parameter-set.ts';
import { Plan } from './plan.ts';
import { workgroupsFor } from './uniforms.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

/** The gradients of a small network's logits, seeded, with respect to everything. */
function gradients() {
  const { graph, parameters, x } = smallNetwork();
  const builder = new GraphBuilder(graph);
  builder.constant('seed', values([2, 5], 77));
  const wrt = ['x', ...graph.parameters.keys()];
  const result = backward(builder.build(), { of: 'logits', seed: 'seed', wrt });
  const outputs = ['logits', ...wrt.map((name) => result.cotangents.get(name) as string)];
  return { graph: { ...result.graph, outputs } satisfies Graph, parameters, inputs: { x } };
}

test('a plan that is cut into many submits gives the same bits as in one', async () => {
  const { graph, ...options } = gradients();
  const one = await evaluate(device, graph, { ...options, operationsPerSubmit: Infinity });
  for (const operationsPerSubmit of [1, 5000, 100_000]) {
    expect(await evaluate(device, graph, { ...options, operationsPerSubmit })).toEqual(one);
  }
});

test('no submit is estimated longer than the budget: long dispatches are sent in slices, with the same bits', async () => {
  const { graph, parameters, inputs } = gradients();
  const operationsPerSubmit = 20_000;
  const plan = await Plan.compile(device, graph, { operationsPerSubmit });
  const dispatches = plan.steps.flatMap((step) => (step.kind === 'dispatch' ? [step] : []));
  expect(dispatches.some(({ call }) => (call.firstRow ?? 0) > 0)).toBe(true);
  // What one workgroup does cannot be cut.
  const atomic = (call: (typeof dispatches)[number]) => call.workgroups[0] * call.workgroups[1] === 1;
  for (const dispatch of dispatches) {
    if (!atomic(dispatch)) expect(dispatch.call.cost, dispatch.call.kernel).toBeLessThanOrEqual(operationsPerSubmit);
  }
  let operations = 0;
  plan.steps.forEach((step, index) => {
    const own = step.kind === 'dispatch' ? step.call.cost : 0;
    operations += own;
    if (!plan.cuts.has(index)) return;
    if (own < operations) expect(operations).toBeLessThanOrEqual(operationsPerSubmit);
    operations = 0;
  });
  expect(operations).toBe(0);
  plan.dispose();
  const whole = await evaluate(device, graph, { parameters, inputs, operationsPerSubmit: Infinity });
  expect(await evaluate(device, graph, { parameters, inputs, operationsPerSubmit })).toEqual(whole);
});

test('naive and fast kernels agree on a whole network, forward and backward', async () => {
  const { graph, ...options } = gradients();
  const fast = await evaluate(device, graph, options);
  const naive = await evaluate(device, graph, { ...options, kernels: 'naive' });
  for (const [name, want] of Object.entries(naive)) {
    const largest = Math.max(...want.map(Math.abs));
    const worst = Math.max(...want.map((value, index) => Math.abs(value - (fast[name]?.[index] ?? Number.NaN))));
    expect(worst, name).toBeLessThanOrEqual(1e-5 * largest + 1e-6);
  }
});

/** An instance over parameters of its own, and what disposes of all of it. */
async function instantiate(graph: Graph, tensors: Readonly<Record<string, TensorData>>) {
  const parameters = await ParameterSet.create(device, new Map(Object.entries(tensors)));
  const plan = await Plan.compile(device, graph);
  const instance = await plan.instantiate(parameters);
  return { instance, dispose: () => [instance, plan, parameters].forEach((owner) => owner.dispose()) };
}

test('20 runs give the same bits', async () => {
  const { graph, parameters, inputs } = gradients();
  const { instance, dispose } = await instantiate(graph, parameters);
  const runAndRead = async () => {
    const results = await instance.run({ inputs });
    return Promise.all([...results.values()].map(async (tensor) => (await tensor.read()).data));
  };
  const first = await runAndRead();
  for (let run = 1; run < 20; run++) expect(await runAndRead()).toEqual(first);
  dispose();
});

test('20 training steps give the same bits each time that they are taken', async () => {
  const { graph, parameters, inputs } = gradients();
  const builder = new GraphBuilder(graph);
  builder.scalar('rate', 'float32');
  for (const name of ['w1', 'w2', 'w3']) {
    const gradient = graph.outputs[2 + [...graph.parameters.keys()].indexOf(name)] as string;
    builder.parameter(`${name}.velocity`, graph.values.get(name)?.shape as readonly number[]);
    const [next = '', velocity = ''] = builder.node(
      'sgd',
      [name, gradient, `${name}.velocity`, 'rate'],
      {},
      `${name}.step`,
    );
    builder.update(name, next);
    builder.update(`${name}.velocity`, velocity);
  }
  const step: Graph = { ...builder.build(), outputs: ['logits'] };
  const zeros = ['w1', 'w2', 'w3'].map((name) => {
    const { shape, data } = parameters[name] as TensorData;
    return [`${name}.velocity`, float32Tensor(shape, new Float32Array(data.length))] as const;
  });
  const train = async () => {
    const { instance, dispose } = await instantiate(step, { ...parameters, ...Object.fromEntries(zeros) });
    for (let run = 0; run < 20; run++) await instance.run({ inputs, scalars: { rate: 0.01 } });
    const trained = await instance.parameters.read();
    dispose();
    return trained;
  };
  const first = await train();
  expect(first.get('w1')).not.toEqual(parameters['w1']);
  expect(await train()).toEqual(first);
});

test('a second instance over the same parameters copies none of them', async () => {
  const { graph, parameters } = gradients();
  const set = await ParameterSet.create(device, new Map(Object.entries(parameters)));
  const plan = await Plan.compile(device, graph);
  const first = await plan.instantiate(set);
  const before = device.memory.use.bytes;
  const second = await plan.instantiate(set);
  const [input, scalars] = [4 * 2 * 3 * 12 * 12, 256];
  expect(device.memory.use.bytes - before).toBe(plan.memory.bytes + input + scalars);
  for (const owner of [second, first, plan, set]) owner.dispose();
});

test('1000 runs leave bytes and buffers as they were', async () => {
  const { graph, parameters, x } = smallNetwork();
  const { instance, dispose } = await instantiate(graph, parameters);
  const runAndRead = async () => {
    const results = await instance.run({ inputs: { x } });
    return (results.get('logits') as Tensor).read();
  };
  const first = await runAndRead();
  await device.idle();
  const before = device.memory.use;
  for (let run = 0; run < 1000; run++) {
    if (run % 50 === 0) await runAndRead();
    else await instance.run({ inputs: { x } });
  }
  expect(await runAndRead()).toEqual(first);
  expect(device.memory.use).toEqual(before);
  dispose();
});

test('values share buffers: a network needs little more than what lives at once', async () => {
  const { graph, parameters: tensors } = smallNetwork();
  // Fast kernels need copies beside the values of the graph.
  const plan = await Plan.compile(device, graph, { kernels: 'naive' });
  const slots = plan.memory.slots.reduce((total, bytes) => total + bytes, 0);
  const everything = graph.nodes
    .flatMap(({ outputs }) => outputs)
    .reduce((total, name) => {
      const shape = graph.values.get(name)?.shape as readonly number[];
      return total + 4 * shape.reduce((product, size) => product * size, 1);
    }, 0);
  expect(slots).toBeGreaterThanOrEqual(plan.memory.lowerBound);
  expect(slots).toBeLessThanOrEqual(1.25 * plan.memory.lowerBound);
  expect(slots).toBeLessThan(0.6 * everything);

  const parameters = await ParameterSet.create(device, new Map(Object.entries(tensors)));
  const before = device.memory.use.bytes;
  const instance = await plan.instantiate(parameters);
  const inputBytes = 4 * 2 * 3 * 12 * 12;
  const derivedBytes = [...plan.derived.values()].reduce((total, { operand }) => total + 4 * operand.elements, 0);
  expect(device.memory.use.bytes - before).toBeLessThanOrEqual(slots + inputBytes + derivedBytes + 256);
  for (const owner of [instance, plan, parameters]) owner.dispose();
});

test('grids of more than 65535 workgroups are folded, and every element is computed', async () => {
  expect(workgroupsFor(65535 * 64, 64)).toEqual([65535, 1]);
  expect(workgroupsFor(65535 * 64 + 1, 64)).toEqual([32768, 2]);
  const count = 65535 * 64 * 4 + 1234;
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [count]);
  builder.constant('one', float32Tensor([1], [1]));
  builder.op('scale', ['x'], { factor: 2 }, 'twice');
  builder.output(builder.op('add', ['twice', 'one'], {}, 'y'));
  const plan = await Plan.compile(device, builder.build());
  const groups = plan.steps.flatMap((step) => (step.kind === 'dispatch' ? [step.workgroups] : []));
  expect(groups.every(([columns, rows]) => columns <= 65535 && rows >= 2)).toBe(true);
  const parameters = await ParameterSet.create(device, new Map());
  const instance = await plan.instantiate(parameters);
  const x = float32Tensor(
    [count],
    Float32Array.from({ length: count }, (_, index) => index % 4096),
  );
  const { data } = await ((await instance.run({ inputs: { x } })).get('y') as Tensor).read();
  expect(data.findIndex((value, index) => value !== 2 * (index % 4096) + 1)).toBe(-1);
  for (const owner of [instance, plan, parameters]) owner.dispose();
  device.memory.trim();
});
