import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePicture, readNpy, tensorToPicture, writePng } from '@convscope/formats';
import { sampleDigits } from '@convscope/zoo';
import { loadModel } from '@convscope/zoo/node';
import { expect, test } from 'vitest';
import { runMain, workFolder } from './fixtures.test-helper.ts';

// The network that comes with the tool, on a drawing that none was trained on.
const folder = workFolder();
const drawings = sampleDigits(10);
const row = drawings.labels.data.indexOf(3);
const picture = join(folder, 'three.png');
const { preprocessing } = await loadModel('digits');
writeFileSync(picture, writePng(tensorToPicture(drawings.images, preprocessing, row)));

test('the shipped network names the digit in a drawn picture', async () => {
  const out = join(folder, 'logits.npy');
  const { code } = await runMain(['run', '--model', 'digits', '--input', picture, '--output', `logits=${out}`]);
  expect(code).toBe(0);
  const { shape, data } = readNpy(new Uint8Array(readFileSync(out)), out);
  expect(shape).toEqual([1, 10]);
  expect(Array.from(data).indexOf(Math.max(...data))).toBe(3);
});

test('and its explanation names the class on stderr and draws three panels', async () => {
  const out = join(folder, 'three-cam.png');
  const flags = ['--model', 'digits', '--input', picture, '--method', 'grad-cam', '--out', out];
  const { code, stdout, stderr } = await runMain(['explain', ...flags]);
  expect(code).toBe(0);
  expect(stdout).toBe(`grad-cam float32 1x1x7x7 ${out}\n`);
  expect(stderr).toMatch(/^note: explains the top class, 3$/m);
  expect(decodePicture(new Uint8Array(readFileSync(out)), out).width).toBe(3 * 448 + 2 * 16 + 2 * 20);
});
