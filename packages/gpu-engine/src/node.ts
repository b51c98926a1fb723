import { existsSync } from 'node:fs';
import { GpuDevice, type GpuDeviceOptions } from './device/gpu-device.ts';
import { ConvscopeError } from './graph/errors.ts';
import { restWhileWaiting } from './rest-while-waiting.ts';

export { restWhileWaiting };

/** Vulkan drivers that need no GPU, in the order in which they are tried when the system's own offer nothing. */
const SOFTWARE_DRIVERS = ['/usr/share/vulkan/icd.d/lvp_icd.json', '/usr/lib/chromium/vk_swiftshader_icd.json'];

/** Dawn rounds timestamps to 0.066 ms, as pages may not know them better; most nodes take less. */
const DAWN_FLAGS = ['disable-dawn-features=timestamp_quantization'];

/**
 * Dawn's entry, one a process and never let go: when it is collected, even after its devices were destroyed, threads of
 * the driver that still run crash the process. It does not keep Node alive.
 */
let entry: GPU | undefined;

export interface NodeDeviceOptions extends GpuDeviceOptions {
  /** Stands between the engine and WebGPU: tests count, guard and refuse with it. */
  readonly wrap?: (gpu: GPU) => GPU;
}

/**
 * Opens a device in Node through the `webgpu` package (Dawn). A driver named by VK_ICD_FILENAMES, or else the
 * system's own, comes first; then the software drivers of Mesa and of Chromium.
 * Throws `no-webgpu` where the package cannot be loaded, `no-adapter` where no driver works.
 */
export async function requestNodeDevice(options: NodeDeviceOptions = {}): Promise<GpuDevice> {
  const webgpu = await import('webgpu').catch((cause: unknown) => {
    throw new ConvscopeError('no-webgpu', 'the package webgpu (Dawn) could not be loaded', {}, { cause });
  });
  Object.assign(globalThis, webgpu.globals);
  process.env['XDG_RUNTIME_DIR'] ??= '/tmp';
  const drivers = [undefined, ...SOFTWARE_DRIVERS.filter((path) => existsSync(path))];
  const chosen = process.env['VK_ICD_FILENAMES'] !== undefined;
  for (const driver of chosen ? [undefined] : drivers) {
    if (driver !== undefined) process.env['VK_ICD_FILENAMES'] = driver;
    // A driver that offers nothing must be forgotten by Dawn before another one can be found.
    if (driver !== undefined || entry === undefined) entry = webgpu.create(DAWN_FLAGS);
    try {
      return await GpuDevice.request(options.wrap?.(entry) ?? entry, { whileWaiting: restWhileWaiting, ...options });
    } catch (error) {
      if (!(error instanceof ConvscopeError && error.code === 'no-adapter')) throw error;
    }
  }
  throw new ConvscopeError('no-adapter', 'no Vulkan driver offers an adapter', {
    got: process.env['VK_ICD_FILENAMES'] ?? 'no driver found',
    wanted: `a GPU driver, or one of ${SOFTWARE_DRIVERS.join(', ')}`,
  });
}
