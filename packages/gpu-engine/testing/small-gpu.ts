import { replacing } from './replacing.ts';

/** Makes devices whose memory ends when a test says so. */
export interface SmallGpu {
  readonly wrap: (gpu: GPU) => GPU;
  /** Lets the k-th creation of a buffer from now on fail, and every one after it; `Infinity` ends that. */
  readonly failFrom: (k: number) => void;
  /** Buffers that were asked for since `failFrom` was called. */
  readonly asked: () => number;
  /** Buffers that were created and not destroyed. */
  readonly alive: () => number;
}

export function smallGpu(): SmallGpu {
  let asked = 0;
  let limit = Infinity;
  let isFull = false;
  const living = new Set<GPUBuffer>();
  const smallDevice = (device: GPUDevice): GPUDevice =>
    replacing(device, {
      createBuffer: (descriptor: GPUBufferDescriptor) => {
        asked += 1;
        isFull ||= asked >= limit;
        const buffer = device.createBuffer(descriptor);
        living.add(buffer);
        const destroy = buffer.destroy.bind(buffer);
        buffer.destroy = () => {
          living.delete(buffer);
          return destroy();
        };
        return buffer;
      },
      popErrorScope: async () => {
        const error = await device.popErrorScope();
        const wasFull = isFull;
        isFull = false;
        return wasFull ? ({ message: 'full' } satisfies Partial<GPUError>) : error;
      },
    });
  const wrap = (gpu: GPU) =>
    replacing(gpu, {
      requestAdapter: async (options?: GPURequestAdapterOptions) => {
        const adapter = await gpu.requestAdapter(options);
        if (adapter === null) return null;
        return replacing(adapter, {
          requestDevice: async (descriptor?: GPUDeviceDescriptor) =>
            smallDevice(await adapter.requestDevice(descriptor)),
        });
      },
    });
  const failFrom = (k: number) => {
    asked = 0;
    limit = k;
    isFull = false;
  };
  return { wrap, failFrom, asked: () => asked, alive: () => living.size };
}
