import { afterAll, beforeAll, expect, test } from 'vitest';
import { GraphBuilder } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { values } from '../plan/evaluate.test-support.ts';
import { ParameterSet } from '../plan/parameter-set.ts';
import { Plan } from '../plan/plan.ts';
import type { GpuDevice } from './gpu-device.ts';
import { GpuMemory } from './gpu-memory.ts';

/** A device of a few bytes, as far as memory is concerned. */
class SmallDevice {
  readonly limits = { maxBufferSize: 4096 };
  readonly #room: number;
  #used = 0;
  #isFull = false;

  constructor(room: number) {
    this.#room = room;
  }

  get used(): number {
    return this.#used;
  }

  pushErrorScope(): void {
    this.#isFull = false;
  }

  async popErrorScope(): Promise<GPUError | null> {
    return this.#isFull ? { message: 'full' } : null;
  }

  createBuffer({ size }: GPUBufferDescriptor): GPUBuffer {
    this.#isFull ||= this.#used + size > this.#room;
    this.#used += size;
    return { size, destroy: () => void (this.#used -= size) } as unknown as GPUBuffer;
  }
}

const memoryOf = (device: SmallDevice) => new GpuMemory(device as unknown as GPUDevice, () => undefined);
const code = (value: string) => expect.objectContaining({ code: value });

test('bytes and buffers are counted, freed buffers wait for reuse', async () => {
  const device = new SmallDevice(1000);
  const memory = memoryOf(device);
  const [small, large] = (await memory.allocate([10, 500])) as [GPUBuffer, GPUBuffer];
  expect(memory.use).toEqual({ bytes: 528, buffers: 2, peakBytes: 528, pooledBytes: 0 });
  memory.release([small, large]);
  expect(memory.use).toEqual({ bytes: 0, buffers: 0, peakBytes: 528, pooledBytes: 528 });
  expect(await memory.allocate([500])).toEqual([large]);
  expect(await memory.allocate([500], 'readback').catch((error: unknown) => error)).toEqual(code('out-of-memory'));
  memory.trim();
  expect(device.used).toBe(512);
});

test('an allocation that fails leaves nothing behind, and the next one works', async () => {
  const device = new SmallDevice(1000);
  const memory = memoryOf(device);
  await memory.allocate([400]);
  await expect(memory.allocate([300, 400])).rejects.toThrow(
    'the GPU has no room for this; got 700 bytes asked for beside 400 in use',
  );
  expect(memory.use).toMatchObject({ bytes: 400, buffers: 1 });
  expect(device.used).toBe(400);
  await memory.allocate([300]);
});

test('what waits for reuse makes room before an allocation fails', async () => {
  const device = new SmallDevice(1000);
  const memory = memoryOf(device);
  memory.release(await memory.allocate([600]));
  await memory.allocate([800]);
  expect(memory.use).toMatchObject({ bytes: 800, buffers: 1, pooledBytes: 0 });
});

test('a buffer over the limit is refused before anything is allocated', async () => {
  const device = new SmallDevice(100_000);
  const memory = memoryOf(device);
  await expect(memory.allocate([16, 5000])).rejects.toThrow(
    'the buffer is larger than the device allows; got 5000 bytes; wanted at most 4096',
  );
  expect(device.used).toBe(0);
});

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => device.dispose());

test('a real device refuses a tensor that no buffer can hold, and works on', async () => {
  const before = device.memory.use;
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [1, 2 ** 40]);
  builder.parameter('p', [4]);
  builder.op('reshape', ['x'], { shape: [-1] }, 'view');
  builder.output('p', 'x');
  const parameters = await ParameterSet.create(device, new Map([['p', values([4])]]));
  const compiled = Plan.compile(device, builder.build()).then((plan) =>
    plan.instantiate(parameters).finally(() => plan.dispose()),
  );
  await expect(compiled).rejects.toThrow(code('device-limit'));
  await expect(device.memory.allocate([2 ** 45])).rejects.toThrow(code('device-limit'));
  parameters.dispose();
  expect(device.memory.use).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
  const tensor = await device.upload(values([5]));
  expect(await tensor.read()).toEqual(values([5]));
  tensor.dispose();
});
