import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePicture, writeCheckpoint, writeNpy } from '@convscope/formats';
import { float32Tensor } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { checkpointName } from '../checkpoint-files.ts';
import { runMain, tinyModel, wave, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const model = tinyModel();
mkdirSync(at('run', 'checkpoints'), { recursive: true });
// Weights that grow with the step.
for (const step of [0, 10, 200]) {
  const grown = [...model.parameters].map(([name, { shape, data }]) => {
    return [
      name,
      float32Tensor(
        shape,
        Float32Array.from(data, (value) => value * (1 + step / 100)),
      ),
    ] as const;
  });
  const bytes = writeCheckpoint({ ...model, parameters: new Map(grown) });
  writeFileSync(at('run', 'checkpoints', checkpointName(step)), bytes);
}
writeFileSync(at('run', 'checkpoints', '.step-000000300.safetensors.1.partial'), 'half');
writeFileSync(at('one.npy'), writeNpy(wave([1, 1, 12, 12], 0.4)));
const evolve = (...flags: readonly string[]) =>
  runMain(['evolve', '--run', at('run'), '--input', at('one.npy'), ...flags]);

test('a figure has the input and a cell for every checkpoint', async () => {
  const out = at('cam.png');
  const { code, stdout } = await evolve('--method', 'grad-cam', '--out', out);
  expect(code).toBe(0);
  expect(stdout).toBe(`grad-cam at 3 checkpoints ${out}\n`);
  const { width, height } = decodePicture(readFileSync(out), out);
  expect(width).toBeGreaterThan(4 * 190);
  expect(height).toBeGreaterThan(2 * 190);
});

test('an animation has a frame for every checkpoint', async () => {
  const out = at('maps.gif');
  const { code } = await evolve('--method', 'feature-maps', '--layer', 'relu1', '--out', out);
  expect(code).toBe(0);
  const text = readFileSync(out, 'latin1');
  expect(text.startsWith('GIF89a')).toBe(true);
  // Graphic controls: 500 ms a frame, the last one 2 s.
  expect(text.split('\x21\xf9\x04\x04\x32\0').length - 1).toBe(2);
  expect(text.split('\x21\xf9\x04\x04\xc8\0').length - 1).toBe(1);
  expect(text.endsWith('\x3b')).toBe(true);
});

test('a page names the steps, has no scripts, and repeats bit by bit', async () => {
  const [out, again] = [at('maps.html'), at('again.html')];
  for (const path of [out, again]) {
    const { code } = await evolve('--method', 'feature-maps', '--layer', 'relu1', '--out', path);
    expect(code).toBe(0);
  }
  const text = readFileSync(out, 'utf8');
  expect([...text.matchAll(/<figcaption>(step \d+)/g)].map(([, label]) => label)).toEqual([
    'step 0',
    'step 10',
    'step 200',
  ]);
  expect(text).not.toMatch(/<script|https?:/);
  expect(readFileSync(again, 'utf8')).toBe(text);
  const pictures = [...text.matchAll(/alt="step \d+" src="([^"]+)"/g)].map(([, source]) => source);
  expect(new Set(pictures).size).toBe(3);
});

test.each<[string, readonly string[], RegExp]>([
  ['a folder without checkpoints', ['--run', folder], /--run: the folder holds no checkpoints/],
  ['several pictures', ['--input', at('two.npy')], /--input: one picture at a time; got 2 pictures/],
  ['a layer that is none', ['--layer', 'relu9'], /--layer/],
  ['another kind of file', ['--out', at('x.mp4')], /--out:.*wanted a name that ends in \.png or \.gif or \.html/],
])('refuses %s', async (_, flags, message) => {
  const given = new Map([
    ['--run', at('run')],
    ['--input', at('one.npy')],
    ['--method', 'grad-cam'],
    ['--out', at('bad.png')],
  ]);
  given.set(flags[0] ?? '', flags[1] ?? '');
  const { code, stderr } = await runMain(['evolve', ...[...given].flat()]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
