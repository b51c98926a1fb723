import { afterAll, beforeAll, expect, test } from 'vitest';
import { ParameterSet, Plan, type GpuDevice, type Graph, type Tensor, type TensorData } from '../src/index.ts';
import { backward, GraphBuilder } from '../src/index.ts';
import { requestNodeDevice } from '../src/node.ts';
import { smallNetwork, values } from '../src/plan/evaluate.test-support.ts';
import { Trainer } from '../src/training/trainer.ts';
import { smallGpu } from './small-gpu.ts';

const memory = smallGpu();
let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice({ wrap: memory.wrap });
});

afterAll(() => device.dispose());

/**
 * Does the work with the k-th buffer failing, for every k that it asks for: each time `out-of-memory`, nothing left
 * behind, and the same result as ever at once after it.
 */
async function expectNoLeak(work: () => Promise<readonly TensorData[]>): Promise<void> {
  device.memory.trim();
  memory.failFrom(Infinity);
  const want = await work();
  const wanted = memory.asked();
  expect(wanted).toBeGreaterThan(0);
  await settled();
  for (let k = 1; k <= wanted; k++) {
    device.memory.trim();
    const before = { ...device.memory.use, alive: memory.alive() };
    memory.failFrom(k);
    await expect(work(), `buffer ${k} of ${wanted}`).rejects.toMatchObject({ code: 'out-of-memory' });
    memory.failFrom(Infinity);
    await settled();
    device.memory.trim();
    const { bytes, buffers } = device.memory.use;
    expect({ bytes, buffers, alive: memory.alive() }, `buffer ${k} of ${wanted}`).toEqual({
      bytes: before.bytes,
      buffers: before.buffers,
      alive: before.alive,
    });
  }
  expect(await work()).toEqual(want);
}

/** Derived parameters are given back once their memory has come. */
async function settled(): Promise<void> {
  await device.idle();
  await new Promise((resolve) => setImmediate(resolve));
}

/** The network's logits and their gradients, with a constant seed. */
function gradients(): { graph: Graph; parameters: ReadonlyMap<string, TensorData>; inputs: { x: TensorData } } {
  const { graph, parameters, x } = smallNetwork();
  const builder = new GraphBuilder(graph);
  builder.constant('seed', values([2, 5], 77));
  const wrt = ['x', ...graph.parameters.keys()];
  const result = backward(builder.build(), { of: 'logits', seed: 'seed', wrt });
  const outputs = ['logits', ...wrt.map((name) => result.cotangents.get(name) as string)];
  return { graph: { ...result.graph, outputs }, parameters: new Map(Object.entries(parameters)), inputs: { x } };
}

async function withOwners<T>(
  work: (own: <O extends { dispose: () => void }>(owner: O) => O) => Promise<T>,
): Promise<T> {
  const owners: { dispose: () => void }[] = [];
  try {
    return await work((owner) => {
      owners.push(owner);
      return owner;
    });
  } finally {
    for (const owner of owners.toReversed()) owner.dispose();
  }
}

test('a parameter set', async () => {
  const { parameters } = gradients();
  await expectNoLeak(async () =>
    withOwners(async (own) => [...(await own(await ParameterSet.create(device, parameters)).read()).values()]),
  );
});

test('a plan from compiling to reading its results: forward and gradients', async () => {
  const { graph, parameters, inputs } = gradients();
  await expectNoLeak(async () =>
    withOwners(async (own) => {
      const set = own(await ParameterSet.create(device, parameters));
      const plan = own(await Plan.compile(device, graph));
      const instance = own(await plan.instantiate(set));
      const results = await instance.run({ inputs });
      const tensors: TensorData[] = [];
      for (const tensor of results.values()) tensors.push(await own(await tensor.clone()).read());
      return tensors;
    }),
  );
});

test('parameters and plan outlive a failed instance, as in a session that asks again', async () => {
  const { graph, parameters, inputs } = gradients();
  const set = await ParameterSet.create(device, parameters);
  const plan = await Plan.compile(device, graph);
  // The copies that the plan derives from parameters belong to the set, and stay.
  (await plan.instantiate(set)).dispose();
  await expectNoLeak(async () =>
    withOwners(async (own) => {
      const instance = own(await plan.instantiate(set));
      const uploaded = own(await device.upload(inputs.x));
      const results = await instance.run({ inputs: { x: uploaded } });
      return [await (results.get('logits') as Tensor).read()];
    }),
  );
  plan.dispose();
  set.dispose();
});

test('a trainer and one of its steps', async () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [4, 3, 6, 6]);
  builder.parameter('w', [5, 3, 3, 3]);
  builder.parameter('v', [2, 80]);
  builder.op('conv2d', ['x', 'w'], {}, 'conv');
  builder.op('relu', ['conv'], {}, 'relu');
  builder.op('flatten', ['relu'], {}, 'flat');
  builder.op('dense', ['flat', 'v'], {}, 'logits');
  builder.output('logits');
  const graph = builder.build();
  const images = values([4, 3, 6, 6], 3);
  const labels: TensorData = { dtype: 'int32', shape: [4], data: Int32Array.from([0, 1, 1, 0]) };
  const parameters = new Map([
    ['w', values([5, 3, 3, 3], 4)],
    ['v', values([2, 80], 5)],
  ]);
  const optimizer = { kind: 'adam' } as const;
  await expectNoLeak(async () =>
    withOwners(async (own) => {
      const trainer = own(
        await Trainer.create(device, { training: graph, inference: graph, optimizer, seed: 1, parameters }),
      );
      await trainer.step(images, labels, 0.01);
      return [...(await trainer.parameters.read(['w', 'v'])).values()];
    }),
  );
});
