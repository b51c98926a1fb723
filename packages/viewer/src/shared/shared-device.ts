import { GpuDevice } from '@convscope/gpu-engine';

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
