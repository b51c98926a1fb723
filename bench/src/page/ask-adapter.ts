import { GpuDevice } from '@convscope/gpu-engine';
import type { AdapterAnswer } from './messages.ts';

/** What WebGPU runs on here, as the engine sees it. */
export async function askAdapter(): Promise<AdapterAnswer> {
  const hasWebGpu = 'gpu' in navigator;
  try {
    const device = await GpuDevice.request(hasWebGpu ? navigator.gpu : undefined);
    const { adapter } = device;
    device.dispose();
    return { kind: 'found', adapter };
  } catch {
    return { kind: 'missing', hasWebGpu, isSecure: isSecureContext };
  }
}
