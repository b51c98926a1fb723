// Gets pnpm through npm, then the packages through pnpm. Depends on nothing but Node: it runs before anything is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder, root } from './paths.mjs';

const oldestNode = [20, 19];
const stampPath = join(root, 'node_modules', '.convscope-packages');
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Error(`Node ${process.versions.node} is too old; wanted ${oldestNode.join('.')} or newer`);
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (result.error) throw new Error(`cannot run ${command}: ${result.error.message}`, { cause: result.error });
  return result.status;
}

/** Changes whenever what should be installed changes. */
function wantedStamp() {
  const folders = readdirSync(join(root, 'packages')).map((name) => join('packages', name));
  const manifests = ['.', ...folders, 'bench'].map((folder) => join(root, folder, 'package.json'));
  const hash = createHash('sha256').update(process.version);
  for (const path of [...manifests, join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml')]) {
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

const pnpmWorks = (folder) =>
  spawnSync('pnpm', ['--version'], { env: { ...process.env, PATH: folder }, shell: process.platform === 'win32' })
    .status === 0;

/** The folder with the pnpm that package.json pins, installed by npm into .cache/ when it is not there yet. */
function pnpmFolder() {
  const version = readJson(join(root, 'package.json')).packageManager.replace('pnpm@', '');
  const prefix = join(cacheFolder, `pnpm-${version}`);
  const folder = join(prefix, 'node_modules', '.bin');
  if (existsSync(folder) && pnpmWorks(folder)) return folder;

  console.log(`installing pnpm ${version} into .cache/`);
  mkdirSync(prefix, { recursive: true });
  writeFileSync(join(prefix, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--prefix', prefix, '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const status = npm?.endsWith('npm-cli.js')
    ? run(process.execPath, [npm, ...args, `pnpm@${version}`], { cwd: prefix })
    : run('npm', [...args, `pnpm@${version}`], { cwd: prefix, shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`npm could not install pnpm ${version} (exit ${status})`);
  // npm may be set to skip install scripts; pnpm's puts its executable in place.
  if (!pnpmWorks(folder)) run(process.execPath, ['install.js'], { cwd: join(prefix, 'node_modules', 'pnpm') });
  if (!pnpmWorks(folder)) throw new Error(`the pnpm in ${prefix} does not start`);
  return folder;
}

/** Puts the workspace's own commands, pnpm among them, first on PATH for this process and its children. */
function extendPath(folder) {
  process.env.PATH = [folder, join(root, 'node_modules', '.bin'), process.env.PATH].filter(Boolean).join(delimiter);
}

/** Installs what the lockfile names, unless that is already there. */
export function installPackages() {
  checkNode();
  const stamp = wantedStamp();
  const installed = existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp;
  if (installed && existsSync(join(root, 'node_modules', '.bin', 'pnpm'))) {
    extendPath(join(root, 'node_modules', '.bin'));
    return;
  }
  const folder = pnpmFolder();
  extendPath(folder);
  console.log('installing packages');
  const status = run('pnpm', ['install', '--frozen-lockfile'], { shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`pnpm install failed (exit ${status})`);
  writeFileSync(stampPath, stamp);
}
