import { replacing } from './replacing.ts';

/** Words on either side of every buffer. */
const GUARD_WORDS = 64;
const GUARD = GUARD_WORDS * 4;
const PATTERN = 0xdeadbeef;

interface Guarded {
  readonly real: GPUBuffer;
  readonly size: number;
}

/** Makes devices put words around every buffer that nobody may change. */
export interface GuardedGpu {
  readonly wrap: (gpu: GPU) => GPU;
  /** One message for each buffer, alive or waiting for reuse, whose guard words were changed. */
  readonly damages: () => Promise<string[]>;
  /** Buffers checked so far, those destroyed included: they are checked when `damages` is called. */
  readonly buffers: () => number;
}

/**
 * Wraps GPUs: buffers get 64 words before and after. Storage bindings reach over the words after them, so that a kernel
 * that writes past its tensor is not stopped by the bounds that WebGPU checks; but where a kernel binds several parts of
 * one buffer, which may not meet.
 */
export function guardedGpu(): GuardedGpu {
  const all = new Set<Guarded>();
  let device: GPUDevice | undefined;
  const guardedDevice = (real: GPUDevice): GPUDevice => {
    device = real;
    const known = new WeakMap<object, Guarded>();
    const realOf = (buffer: GPUBuffer) => known.get(buffer) as Guarded;
    const createBuffer = ({ size, usage }: GPUBufferDescriptor): GPUBuffer => {
      const isReadback = (usage & 1) !== 0; // MAP_READ cannot be joined with COPY_SRC, by which guards are read
      const buffer = real.createBuffer({ size: size + 2 * GUARD, usage: isReadback ? usage : usage | 4 | 8 });
      const guarded = { real: buffer, size };
      if (!isReadback) {
        all.add(guarded);
        const words = new Uint32Array(GUARD_WORDS).fill(PATTERN);
        real.queue.writeBuffer(buffer, 0, words);
        real.queue.writeBuffer(buffer, GUARD + size, words);
      }
      const facade = {
        size,
        usage,
        mapAsync: async (mode: number, offset = 0, bytes = size) => buffer.mapAsync(mode, offset + GUARD, bytes),
        getMappedRange: (offset = 0, bytes = size) => buffer.getMappedRange(offset + GUARD, bytes),
        unmap: () => buffer.unmap(),
        destroy: () => undefined,
      } as unknown as GPUBuffer;
      known.set(facade, guarded);
      return facade;
    };
    const createBindGroup = (descriptor: GPUBindGroupDescriptor): GPUBindGroup => {
      const given = [...descriptor.entries];
      const entries = given.map(({ binding, resource }) => {
        const { buffer, offset = 0, size } = resource as GPUBufferBinding;
        const { real: own, size: whole } = realOf(buffer);
        const isShared = given.filter((other) => (other.resource as GPUBufferBinding).buffer === buffer).length > 1;
        const reach = isShared ? 0 : GUARD;
        return {
          binding,
          resource: { buffer: own, offset: offset + GUARD, size: (size ?? whole - offset) + reach },
        };
      });
      return real.createBindGroup({ ...descriptor, entries });
    };
    const createCommandEncoder = (): GPUCommandEncoder => {
      const encoder = real.createCommandEncoder();
      const copyBufferToBuffer = (from: GPUBuffer, at: number, to: GPUBuffer, place: number, bytes: number) =>
        encoder.copyBufferToBuffer(realOf(from).real, at + GUARD, realOf(to).real, place + GUARD, bytes);
      return replacing(encoder, { copyBufferToBuffer });
    };
    const writeBuffer = (buffer: GPUBuffer, offset: number, ...rest: [GPUAllowSharedBufferSource, number?, number?]) =>
      real.queue.writeBuffer(realOf(buffer).real, offset + GUARD, ...rest);
    const queue = replacing(real.queue, { writeBuffer });
    return replacing(real, { createBuffer, createBindGroup, createCommandEncoder, queue });
  };
  const requestAdapter = async (gpu: GPU, options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
    const adapter = await gpu.requestAdapter(options);
    if (adapter === null) return null;
    const requestDevice = async (descriptor?: GPUDeviceDescriptor) =>
      guardedDevice(await adapter.requestDevice(descriptor));
    return replacing(adapter, { requestDevice });
  };
  const damages = async () => (device === undefined ? [] : damagesOf(device, [...all]));
  const wrap = (gpu: GPU) =>
    replacing(gpu, { requestAdapter: async (options?: GPURequestAdapterOptions) => requestAdapter(gpu, options) });
  return { wrap, damages, buffers: () => all.size };
}

async function damagesOf(device: GPUDevice, all: readonly Guarded[]): Promise<string[]> {
  const readback = device.createBuffer({ size: Math.max(1, all.length) * 2 * GUARD, usage: 1 | 8 });
  const encoder = device.createCommandEncoder();
  all.forEach(({ real, size }, index) => {
    encoder.copyBufferToBuffer(real, 0, readback, 2 * index * GUARD, GUARD);
    encoder.copyBufferToBuffer(real, GUARD + size, readback, (2 * index + 1) * GUARD, GUARD);
  });
  device.queue.submit([encoder.finish()]);
  await readback.mapAsync(1);
  const words = new Uint32Array(readback.getMappedRange()).slice();
  readback.destroy();
  return all.flatMap(({ size }, index) =>
    ['before', 'after'].flatMap((side, half) => {
      const start = (2 * index + half) * GUARD_WORDS;
      const own = words.subarray(start, start + GUARD_WORDS);
      const at = own.findIndex((word) => word !== PATTERN);
      return at === -1 ? [] : [`${size} bytes: word ${at} ${side} the buffer is 0x${(own[at] ?? 0).toString(16)}`];
    }),
  );
}
