import { GpuDevice } from '@convscope/gpu-engine';
import { restWhileWaiting } from '@convscope/gpu-engine/node';
import { create, globals } from 'webgpu';
import { openTensorFlow } from '../peers/open-tensorflow.ts';

/**
 * One Dawn with two devices on its adapter: the engine's, and the one that TensorFlow.js asks for itself, with the
 * limits that it likes. TensorFlow.js wants `navigator.gpu` and WebGPU's constants as globals, as in a browser.
 */
export async function openWebGpu(): Promise<GpuDevice> {
  Object.assign(globalThis, globals);
  const gpu = create([]);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  const device = await GpuDevice.request(gpu, { whileWaiting: restWhileWaiting });
  await openTensorFlow();
  return device;
}
