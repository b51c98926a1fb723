import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import { GpuDevice } from '@convscope/gpu-engine';
import { create, globals } from 'webgpu';

/**
 * One Dawn with two devices on its adapter: the engine's, and the one that TensorFlow.js asks for itself, with the
 * limits that it likes. TensorFlow.js wants `navigator.gpu` and WebGPU's constants as globals, as in a browser.
 */
export async function openWebGpu(): Promise<GpuDevice> {
  Object.assign(globalThis, globals);
  const gpu = create([]);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  const device = await GpuDevice.request(gpu);
  // It registers itself only where it finds `navigator.gpu` when it is loaded.
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await setBackend('webgpu'))) throw new Error('TensorFlow.js does not accept this WebGPU');
  return device;
}

/** What of TensorFlow.js's backend it takes to know when its work is done without a read-back. */
interface TensorFlowQueue {
  readonly queue: GPUQueue;
  readonly commandEncoder: unknown;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** Submits what TensorFlow.js has recorded and waits for its queue. */
export async function finishTensorFlow(): Promise<void> {
  const own = backend() as unknown as TensorFlowQueue;
  if (own.commandEncoder) {
    own.endComputePassEncoder();
    own.submitQueue();
  }
  await own.queue.onSubmittedWorkDone();
}
