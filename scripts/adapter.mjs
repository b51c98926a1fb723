// Which Vulkan driver WebGPU in Node runs on: the one place that decides it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { root } from './paths.mjs';

const manifestFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];
const deviceFiles = ['/dev/dri/renderD128', '/dev/nvidia0', '/dev/dxg'];
const defaultSwiftShaderFolders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
const softwareManifest = /^(lvp|gfxstream|virtio)/;

/** What a message says was looked for when nothing was found. */
export const lookedForDrivers = [
  'VK_ICD_FILENAMES',
  `a GPU (${deviceFiles.join(', ')}) with a driver's manifest in ${manifestFolders.join(', ')}`,
  `lavapipe (lvp_icd*.json in the same folders; Mesa 22.3 is too old)`,
  `SwiftShader (vk_swiftshader_icd.json in ${defaultSwiftShaderFolders.join(', ')}, or beside the browser)`,
];

/** Asks for an adapter in a process of its own: a driver that is too old, or a GPU without one, shows only there. */
function probe(manifests) {
  const script = `
    import { create } from 'webgpu';
    const adapter = await create([]).requestAdapter();
    if (adapter) process.stdout.write(adapter.info.description || adapter.info.device || adapter.info.vendor || 'unnamed');
    process.exit(adapter ? 0 : 1);`;
  const result = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(root, 'packages', 'gpu-engine'),
    env: { ...process.env, ...environmentFor(manifests) },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

function environmentFor(manifests) {
  const environment = { VK_ICD_FILENAMES: manifests.join(delimiter) };
  // Without it the loader complains once per process.
  if (!process.env.XDG_RUNTIME_DIR) environment.XDG_RUNTIME_DIR = tmpdir();
  return environment;
}

function manifestsIn(folders) {
  return folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.json'))
          .map((name) => join(folder, name))
      : [],
  );
}

/** Drivers in the order in which they are preferred; a candidate may hold several manifests. */
export function driverCandidates({
  folders = manifestFolders,
  devices = deviceFiles,
  browser = findBrowser(),
  swiftShaderFolders = defaultSwiftShaderFolders,
} = {}) {
  const manifests = manifestsIn(folders);
  const hardware = manifests.filter((path) => !softwareManifest.test(basename(path)));
  const besideBrowser = browser && existsSync(browser) ? [dirname(realpathSync(browser))] : [];
  const swiftShader = [...besideBrowser, ...swiftShaderFolders]
    .map((folder) => join(folder, 'vk_swiftshader_icd.json'))
    .filter((path) => existsSync(path));
  const candidates = [];
  if (hardware.length > 0 && devices.some((path) => existsSync(path))) {
    candidates.push({ name: 'GPU', hardware: true, manifests: hardware });
  }
  for (const path of manifests.filter((manifest) => basename(manifest).startsWith('lvp'))) {
    candidates.push({ name: 'lavapipe', hardware: false, manifests: [path] });
  }
  if (swiftShader[0]) candidates.push({ name: 'SwiftShader', hardware: false, manifests: [swiftShader[0]] });
  return candidates;
}

/**
 * The environment under which WebGPU in Node finds its adapter: the user's own choice, then a real GPU, then lavapipe,
 * then the SwiftShader that comes with the browser. Needs the installed packages, since each candidate is tried.
 *
 * @returns {{env: Record<string, string>, description: string, hardware: boolean} | undefined} undefined if none works
 */
export function chooseVulkanDriver(options = {}) {
  const own = process.env.VK_ICD_FILENAMES ?? process.env.VK_DRIVER_FILES;
  if (own) return { env: {}, description: own, hardware: !/lvp|swiftshader/.test(own) };
  // Dawn uses Metal and Direct3D 12 there.
  if (process.platform !== 'linux') return { env: {}, description: "the system's own GPU interface", hardware: true };
  for (const { name, hardware, manifests } of driverCandidates(options)) {
    const adapter = probe(manifests);
    if (adapter) return { env: environmentFor(manifests), description: `${name}: ${adapter}`, hardware };
  }
  return undefined;
}
