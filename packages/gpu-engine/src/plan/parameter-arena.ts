import { chunkRows } from '../device/chunks.ts';
import type { GpuDevice } from '../device/gpu-device.ts';
import { Tensor } from '../device/tensor.ts';
import type { TensorData } from '../graph/index.ts';
import { BINDING_ALIGNMENT } from './uniforms.ts';

/** Bytes of a buffer of parameters, at most. */
const LARGEST_ARENA = 2 ** 28;

/** Tensors that lie one after the other in few buffers, so that one kernel can reach many of them. */
export interface ParameterArena {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly dispose: () => void;
}

interface Place {
  readonly arena: number;
  readonly offset: number;
}

/**
 * Uploads tensors into shared buffers, in their order; each begins at a multiple of 256 bytes. Tensors over the binding
 * limit get buffers of their own. Throws `out-of-memory`, `device-limit`, `invalid-tensor`.
 */
export async function uploadTogether(
  device: GpuDevice,
  data: ReadonlyMap<string, TensorData>,
): Promise<ParameterArena> {
  const largest = Math.min(LARGEST_ARENA, device.handle.limits.maxBufferSize);
  const sizes: number[] = [];
  const places = new Map<string, Place>();
  for (const [name, { shape }] of data) {
    const [chunk, ...further] = chunkRows(shape, device.maxBindingBytes);
    if (chunk === undefined || further.length > 0) continue;
    const bytes = Math.ceil(Math.max(16, chunk.bytes) / BINDING_ALIGNMENT) * BINDING_ALIGNMENT;
    if (sizes.length === 0 || (sizes.at(-1) as number) + bytes > largest) sizes.push(0);
    const arena = sizes.length - 1;
    places.set(name, { arena, offset: sizes[arena] as number });
    sizes[arena] = (sizes[arena] as number) + bytes;
  }
  const buffers = await device.memory.allocate(sizes);
  const tensors = new Map<string, Tensor>();
  const dispose = (): void => {
    for (const tensor of tensors.values()) tensor.dispose();
    device.memory.release(buffers);
  };
  try {
    for (const [name, tensor] of data) {
      const place = places.get(name);
      if (place === undefined) {
        tensors.set(name, await device.upload(tensor));
        continue;
      }
      const { arena, offset } = place;
      const own = new Tensor(device, tensor.dtype, tensor.shape, [buffers[arena] as GPUBuffer], { offset });
      own.write(tensor);
      tensors.set(name, own);
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return { tensors, dispose };
}
