import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@convscope/gpu-engine';
import { readTrainingCheckpoint, recipeNamed } from '@convscope/zoo';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runMain, workFolder } from '../fixtures.test-helper.ts';

/** How often the training is killed: CONVSCOPE_KILLS=50 does what a release wants, and takes its time. */
const KILLS = Number(process.env['CONVSCOPE_KILLS'] ?? 10);
/** Milliseconds; every process that is killed opened the GPU first. */
const SLOW = 60_000 + KILLS * 60_000;

const folder = workFolder();
// Below the engine, so that a bundle in it finds `webgpu` as the engine does.
const bundles = mkdtempSync(fileURLToPath(new URL('../../../gpu-engine/node_modules/.kill-', import.meta.url)));
const program = join(bundles, 'program.mjs');
const recipe = {
  ...recipeNamed('digits'),
  name: 'quick',
  trainingCount: 60,
  validationCount: 10,
  batch: 10,
  epochs: 5,
};
const recipeFile = join(folder, 'recipe.json');
writeFileSync(recipeFile, JSON.stringify(recipe));

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['webgpu'], resolve: { conditions: ['@convscope/source', 'node', 'import'] } },
    build: {
      ssr: fileURLToPath(new URL('../main.ts', import.meta.url)),
      outDir: bundles,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
    },
  });
  const start = "import { main } from './main.mjs';\nconst { stdout, stderr, env } = process;\n";
  writeFileSync(program, `${start}process.exitCode = await main(process.argv.slice(2), { stdout, stderr, env });\n`);
}, SLOW);

afterAll(() => rmSync(bundles, { recursive: true, force: true }));

/**
 * Runs the command in a process of its own and kills it a little after it has acknowledged `count` checkpoints.
 *
 * @returns the paths that were acknowledged.
 */
async function killedAfter(count: number, delay: number, argv: readonly string[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const acknowledged = () => [...text.matchAll(/^checkpoint \d+ (.*)\n/gm)].map(([, path = '']) => path);
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (acknowledged().length >= count) setTimeout(() => child.kill('SIGKILL'), delay);
  });
  await new Promise((resolve) => child.once('close', resolve));
  return acknowledged();
}

test(
  'killed at any moment, the last acknowledged checkpoint is whole, and from it the same bits come',
  async () => {
    const out = join(folder, 'killed');
    const given = ['train', '--data', 'digits', '--out', out, '--checkpoints', 'every 1 steps'];
    let start = ['--recipe', recipeFile];
    const random = new Random(7);
    let [kills, step] = [0, -1];
    while (kills < KILLS) {
      const paths = await killedAfter(1 + random.below(3), random.below(40), [...given, ...start]);
      const path = paths.at(-1) ?? '';
      const { training } = readTrainingCheckpoint(readFileSync(path), path);
      expect(training.step).toBeGreaterThan(step);
      kills += 1;
      // Begins anew where it came near its end, so that every kill meets a training under way.
      const isNearEnd = training.step > 20;
      start = isNearEnd ? ['--recipe', recipeFile] : ['--resume', path];
      step = isNearEnd ? -1 : training.step;
    }
    expect((await runMain([...given, ...start])).code).toBe(0);
    expect(readdirSync(join(out, 'checkpoints')).filter((name) => name.endsWith('.partial'))).toEqual([]);
    const straight = join(folder, 'straight');
    await runMain(['train', '--data', 'digits', '--out', straight, '--recipe', recipeFile]);
    const [killed, never] = [out, straight].map((run) => readFileSync(join(run, 'model.safetensors')));
    expect(killed?.equals(never as Buffer)).toBe(true);
  },
  SLOW,
);
