import { GpuDevice } from '@convscope/gpu-engine';
import { ConvscopeError } from '@convscope/gpu-engine/graph';

let current: Promise<GpuDevice> | undefined;

/**
 * The page's one WebGPU device, opened at the first call. After a loss or a failure the next call opens another.
 * Throws `no-webgpu` or `no-adapter`.
 */
export async function sharedDevice(): Promise<GpuDevice> {
  if (current !== undefined) return current;
  const request = GpuDevice.request(globalThis.navigator.gpu);
  const forget = (): void => {
    if (current === request) current = undefined;
  };
  current = request;
  request.then(async (device) => device.lost.then(forget), forget);
  return request;
}

/**
 * Whether work failed because its device was lost. Only when all know of the loss does it answer: from then on
 * `sharedDevice` gives another.
 */
export async function isDeviceLoss(error: unknown, device: GpuDevice | undefined): Promise<boolean> {
  if (!(error instanceof ConvscopeError)) return false;
  if (error.code === 'device-lost') await device?.lost;
  return error.code === 'device-lost' || error.code === 'disposed';
}
