// Builds every package that is not built yet, in the order of their dependencies.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { installPackages } from './install-packages.mjs';
import { root, turboPath } from './paths.mjs';

/** @returns {boolean} whether everything is built; turbo prints what is not */
export function build(args = []) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
  const options = ['run', 'build', '--output-logs=errors-only', '--log-order=grouped', ...args];
  const result = spawnSync(process.execPath, [turboPath, ...options], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return result.status === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  installPackages();
  process.exit(build(process.argv.slice(2)) ? 0 : 1);
}
