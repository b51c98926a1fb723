import { expect, test } from 'vitest';
import { GraphBuilder } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { smallNetwork, values } from '../plan/evaluate.test-support.ts';
import { ParameterSet } from '../plan/parameter-set.ts';
import { Plan } from '../plan/plan.ts';
import { GpuDevice } from './gpu-device.ts';
import type { Tensor } from './tensor.ts';

const code = (value: string) => expect.objectContaining({ code: value });

/** A GPU whose adapter is this. */
const gpuWith = (adapter: unknown) => ({ requestAdapter: async () => adapter }) as unknown as GPU;

test('without WebGPU, an adapter or a device the error says which', async () => {
  await expect(GpuDevice.request(undefined)).rejects.toThrow(code('no-webgpu'));
  await expect(GpuDevice.request(gpuWith(null))).rejects.toThrow(code('no-adapter'));
  const refusing = { limits: {}, features: new Set(), requestDevice: async () => Promise.reject(new Error('busy')) };
  await expect(GpuDevice.request(gpuWith(refusing))).rejects.toThrow('the adapter gives no device; got Error: busy');
});

test('a device describes itself and caps its bindings', async () => {
  const device = await requestNodeDevice({ maxBindingBytes: 2 ** 20 });
  expect(device.maxBindingBytes).toBe(2 ** 20);
  expect(['software', 'gpu']).toContain(device.adapter.class);
  device.dispose();
  device.dispose();
  expect(await device.lost).toEqual(code('disposed'));
});

/** A long run, queued several times over, with reads; cut into many submits. */
async function underLoad() {
  const device = await requestNodeDevice();
  const { graph, parameters: tensors, x } = smallNetwork();
  const parameters = await ParameterSet.create(device, new Map(Object.entries(tensors)));
  const plan = await Plan.compile(device, graph, { operationsPerSubmit: 1 });
  const instances = await Promise.all([1, 2, 3].map(async () => plan.instantiate(parameters)));
  const work = instances.map(async (instance) => {
    for (let run = 0; run < 100; run++) {
      const results = await instance.run({ inputs: { x } });
      await (results.get('logits') as Tensor).read();
    }
    return 'all runs ended';
  });
  return { device, plan, parameters, instances, work, x };
}

async function settledWithin(work: readonly Promise<unknown>[], milliseconds: number): Promise<unknown[]> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('hangs')), milliseconds).unref();
  });
  return Promise.race([Promise.all(work.map(async (promise) => promise.catch((error: unknown) => error))), late]);
}

test('disposing of a device in the middle of runs ends all of them with an error', async () => {
  const { device, plan, parameters, instances, work, x } = await underLoad();
  setTimeout(() => device.dispose(), 30);
  expect(await settledWithin(work, 20_000)).toEqual(instances.map(() => code('disposed')));

  const [instance] = instances as [(typeof instances)[number]];
  await expect(instance.run({ inputs: { x } })).rejects.toThrow(code('disposed'));
  await expect(plan.instantiate(parameters)).rejects.toThrow(code('disposed'));
  await expect(parameters.read()).rejects.toThrow(code('disposed'));
  await expect(device.upload(values([3]))).rejects.toThrow(code('disposed'));
  await expect(device.idle()).rejects.toThrow(code('disposed'));
  const builder = new GraphBuilder();
  builder.output(builder.op('relu', [builder.input('x', 'float32', [3])]));
  await expect(Plan.compile(device, builder.build())).rejects.toThrow(code('disposed'));
  for (const owner of [...instances, plan, parameters]) owner.dispose();
});

test('a device that goes away on its own ends all runs with an error', async () => {
  const { device, instances, work } = await underLoad();
  setTimeout(() => device.handle.destroy(), 30);
  for (const result of await settledWithin(work, 20_000)) {
    expect(result).toMatchObject({ code: expect.stringMatching(/^(disposed|device-lost)$/) });
  }
  expect(instances).toHaveLength(3);
  device.dispose();
});

test('a lost device is told apart from one that was disposed of', async () => {
  let lose: (info: { reason: string; message: string }) => void = () => undefined;
  const lost = new Promise((resolve) => (lose = resolve));
  const handle = { lost, limits: { maxStorageBufferBindingSize: 2 ** 27 }, addEventListener: () => undefined };
  const info = { vendor: '', architecture: '', description: '' };
  const device = await GpuDevice.request(
    gpuWith({ limits: {}, features: new Set(), info, requestDevice: async () => handle }),
  );
  device.assertUsable();
  lose({ reason: 'unknown', message: 'the driver crashed' });
  expect(await device.lost).toMatchObject({ code: 'device-lost', detail: { got: 'the driver crashed' } });
  expect(() => device.assertUsable()).toThrow(code('device-lost'));
  await expect(device.memory.allocate([16])).rejects.toThrow(code('device-lost'));
});

test('after a command that the GPU refuses, no result is given out', async () => {
  const device = await requestNodeDevice();
  const tensor = await device.upload(values([4]));
  const encoder = device.handle.createCommandEncoder();
  encoder.copyBufferToBuffer(tensor.buffers[0] as GPUBuffer, 0, tensor.buffers[0] as GPUBuffer, 4, 1024);
  device.handle.queue.submit([encoder.finish()]);
  await expect(tensor.read()).rejects.toThrow(code('gpu-validation'));
  await expect(device.idle()).rejects.toThrow(code('gpu-validation'));
  device.dispose();
});
