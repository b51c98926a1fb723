import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { backend, setBackend, version_core } from '@tensorflow/tfjs-core';

export const tensorFlowVersion: string = version_core;

/** Makes TensorFlow.js use WebGPU, on a device of its own. `navigator.gpu` and WebGPU's constants have to be there. */
export async function openTensorFlow(): Promise<void> {
  // It registers itself only where it finds `navigator.gpu` when it is loaded.
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await setBackend('webgpu'))) throw new Error('TensorFlow.js does not accept this WebGPU');
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
