// Runs a script of one workspace folder after set-up: `node scripts/package-script.mjs bench quick`.
import { spawnSync } from 'node:child_process';
import { chooseVulkanDriver } from './adapter.mjs';
import { build } from './build.mjs';
import { installPackages } from './install-packages.mjs';
import { root } from './paths.mjs';

const [folder, script, ...args] = process.argv.slice(2);
try {
  if (!folder || !script) throw new Error('wanted: package-script.mjs FOLDER SCRIPT [ARGUMENT…]');
  installPackages();
  if (!build()) throw new Error('the build failed');
  const env = { ...process.env, ...chooseVulkanDriver()?.env };
  const command = ['--dir', folder, 'run', script, ...args];
  const { status } = spawnSync('pnpm', command, {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exit(status ?? 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
