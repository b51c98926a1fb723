// Writes every generated file, or with --check fails and names those that are not current.
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, relative } from 'node:path';
import { generateElementData } from '../packages/viewer/scripts/generate-manifest.mjs';
import { generateIndexes } from './generate-indexes.mjs';
import { generateKernels } from './generate-kernels.mjs';
import { oxfmtPath, root } from './paths.mjs';

/** Gives `text` the form that the format check wants, so that a generated file is never a reason for it to fail. */
function format(path, text) {
  const arguments_ = [oxfmtPath, `--stdin-filepath=${basename(path)}`];
  const result = spawnSync(process.execPath, arguments_, {
    cwd: root,
    input: text,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (result.status !== 0) throw new Error(`oxfmt refuses ${relative(root, path)}: ${result.stderr || result.error}`);
  return result.stdout;
}

const check = process.argv.includes('--check');
const stale = [];
try {
  const kinds = [generateKernels(root), generateIndexes(root), generateElementData(root)];
  for (const { path, text } of (await Promise.all(kinds)).flat()) {
    const wanted = format(path, text);
    const current = await readFile(path, 'utf8').catch(() => undefined);
    if (current === wanted) continue;
    stale.push(relative(root, path));
    if (check) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, wanted);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
for (const path of stale)
  console.log(check ? `stale: ${path} (run npm run generate, then commit it)` : `wrote ${path}`);
if (check && stale.length > 0) process.exit(1);
if (stale.length === 0) console.log('all generated files are current');
