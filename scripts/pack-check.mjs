// npm run pack-check: packs every package as npm does, lints the tarballs, installs them into an empty folder, and uses
// them there: every export in Node, the command line, and two small programs through the type checker. `--linked`, as
// `npm test` runs it, needs no registry: the tarballs are unpacked, and what they depend on is linked from the workspace.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { installPackages } from './install-packages.mjs';
import { packageNames, root, tscPath } from './paths.mjs';

const isLinked = process.argv.includes('--linked');
const isWindows = process.platform === 'win32';
const consumers = join(root, 'scripts', 'pack-check');

function run(command, args, options = {}) {
  const shell = isWindows && command !== process.execPath;
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', shell, ...options });
  return { isGood: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`, stdout };
}

/** Runs a step and says whether it went well. */
function step(name, result) {
  console.log(`${result.isGood ? '✓' : '✗'} ${name}`);
  if (!result.isGood) console.error(result.output.slice(0, 6000));
  return result.isGood;
}

const manifestOf = (name) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));

/** @returns {{name: string, tarball: string, files: string[]}} */
function pack(name, folder) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { isGood, output, stdout } = run('npm', args, { cwd: join(root, 'packages', name) });
  if (!isGood) throw new Error(`npm pack of ${name} failed: ${output}`);
  const [packed] = JSON.parse(stdout);
  return { name, tarball: join(folder, packed.filename), files: packed.files.map(({ path }) => path) };
}

/** What no package may lack, and what has no place in one. */
function checkFiles({ name, files }) {
  const missing = ['LICENSE', 'README.md', 'package.json'].filter((file) => !files.includes(file));
  const strange = files.filter((file) =>
    /\.test\.|test-helper|(^|\/)(src|e2e|browser|fixtures|node_modules)\//.test(file),
  );
  const workspace = Object.values(manifestOf(name).dependencies ?? {}).filter((range) =>
    range.startsWith('workspace:'),
  );
  const output = [
    ...missing.map((file) => `${file} is missing`),
    ...strange.map((file) => `${file} has no place in a package`),
    ...workspace.map((range) => `npm cannot install ${range}`),
  ].join('\n');
  return { isGood: output === '', output };
}

/** ES modules only: what CommonJS would get is not looked at. */
function checkTypes({ tarball, name }) {
  const asset = name === 'viewer' ? ['--exclude-entrypoints', './custom-elements.json'] : [];
  const attw = join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
  return run(process.execPath, [attw, tarball, '--profile', 'esm-only', '--no-emoji', ...asset]);
}

function install(folder, tarballs) {
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs];
  const offline = run('npm', [...args, '--offline'], { cwd: folder });
  if (offline.isGood) return offline;
  // The packages that ours need are not in npm's cache yet.
  return run('npm', [...args, '--prefer-offline'], { cwd: folder });
}

/** As `install`, without npm: other packages are those that the workspace has. */
function installLinked(folder, packed) {
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  const modules = join(folder, 'node_modules');
  for (const { name, tarball } of packed) {
    const { name: fullName, dependencies = {} } = manifestOf(name);
    const to = join(modules, fullName);
    mkdirSync(to, { recursive: true });
    const unpacked = run('tar', ['-xzf', tarball, '-C', to, '--strip-components=1']);
    if (!unpacked.isGood) return unpacked;
    const others = Object.keys(dependencies).filter(
      (other) => !packed.some((one) => manifestOf(one.name).name === other),
    );
    for (const other of others) {
      const link = join(modules, other);
      mkdirSync(dirname(link), { recursive: true });
      if (!existsSync(link))
        symlinkSync(realpathSync(join(root, 'packages', name, 'node_modules', other)), link, 'junction');
    }
  }
  return { isGood: true, output: '' };
}

/** Types that a program for React has beside it. */
function addTypes(folder) {
  const types = join(folder, 'node_modules', '@types');
  mkdirSync(types, { recursive: true });
  const from = join(root, 'packages', 'viewer', 'node_modules', '@types', 'react');
  const to = join(types, 'react');
  if (!existsSync(to)) symlinkSync(from, to, 'junction');
}

function main() {
  installPackages();
  if (!build()) throw new Error('the build failed');
  const folder = mkdtempSync(join(tmpdir(), 'convscope-pack-'));
  try {
    const packed = packageNames.map((name) => pack(name, folder));
    const publint = join(root, 'node_modules', 'publint', 'src', 'cli.js');
    const results = packed.flatMap((entry) => [
      step(`${entry.name}: ${entry.files.length} files`, checkFiles(entry)),
      step(`${entry.name}: publint`, run(process.execPath, [publint, entry.tarball, '--strict'])),
      step(`${entry.name}: are the types wrong`, checkTypes(entry)),
    ]);
    const consumer = join(folder, 'consumer');
    mkdirSync(consumer);
    const tarballs = packed.map(({ tarball }) => tarball);
    const isInstalled = isLinked
      ? step('unpacks into an empty folder', installLinked(consumer, packed))
      : step('installs into an empty folder', install(consumer, tarballs));
    if (!isInstalled) throw new Error('nothing to use');
    cpSync(consumers, consumer, { recursive: true });
    addTypes(consumer);
    const bin = join(consumer, 'node_modules', 'convscope', 'bin', 'convscope.js');
    results.push(
      step('imports in Node', run(process.execPath, ['use.mjs'], { cwd: consumer })),
      step('runs the command line', run(process.execPath, [bin, 'methods'], { cwd: consumer })),
      step('type checks', run(process.execPath, [tscPath, '-p', '.'], { cwd: consumer })),
    );
    if (results.includes(false)) throw new Error('some checks failed');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
