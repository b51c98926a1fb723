import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePicture, readNpy, writePng } from '@convscope/formats';
import { expect, test } from 'vitest';
import { runMain, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const model = ['--model', join(folder, 'tiny.safetensors')];
const picture = join(folder, 'wide.png');
const data = new Uint8ClampedArray(40 * 20 * 4).map((_, index) => (index % 4 === 3 ? 255 : (index * 7) % 256));
writeFileSync(picture, writePng({ width: 40, height: 20, data }));
const explain = (...flags: readonly string[]) => runMain(['explain', ...model, ...flags]);
const readOut = (path: string) => readNpy(new Uint8Array(readFileSync(path)), path);

test('a dream keeps the proportions of its picture, at the size that is asked for', async () => {
  const out = join(folder, 'dream.npy');
  const flags = ['--input', picture, '--method', 'deep-dream', '--layer', 'relu2', '--set', 'iterations=2'];
  const { code, stdout, stderr } = await explain(...flags, '--set', 'size=32', '--guide', picture, '--out', out);
  expect(stderr).toMatch(/^layer relu2$/m);
  expect(stdout).toBe(`deep-dream float32 1x1x16x32 ${out}\n`);
  expect(code).toBe(0);
  expect(readOut(out).shape).toEqual([1, 1, 16, 32]);
});

test('a zoom sequence becomes an animation', async () => {
  const out = join(folder, 'zoom.gif');
  const flags = ['--input', picture, '--method', 'deep-dream', '--layer', 'relu1', '--set', 'frames=3'];
  const { code } = await explain(...flags, '--set', 'iterations=1', '--out', out);
  expect(code).toBe(0);
  const bytes = readFileSync(out);
  expect(bytes.subarray(0, 6).toString('latin1')).toBe('GIF89a');
  // One graphic control extension a frame.
  const controls = bytes.reduce((count, byte, at) => count + Number(byte === 0x21 && bytes[at + 1] === 0xf9), 0);
  expect(controls).toBe(3);
  // 12 x 6 pixels are enlarged by a whole number to at least 256.
  expect([bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([264, 132]);
});

test('feature visualization needs no input and draws a figure of all channels, classes or a direction', async () => {
  const short = ['--method', 'feature-visualization', '--set', 'steps=2'];
  const out = join(folder, 'channels.png');
  const { code, stderr } = await explain(...short, '--layer', 'relu1', '--out', out);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^unit 0 1 2 3$/m);
  expect(decodePicture(new Uint8Array(readFileSync(out)), out).width).toBeGreaterThan(448);
  const classes = join(folder, 'classes.npy');
  expect((await explain(...short, '--out', classes)).stderr).toMatch(/^class 0 \(cat\), 1 \(dog\), 2 \(bird\)$/m);
  expect(readOut(classes).shape).toEqual([3, 1, 12, 12]);
  const towards = ['--layer', 'conv2', '--direction', '0:1,2:-0.5', '--out', join(folder, 'direction.npy')];
  expect((await explain(...short, ...towards)).code).toBe(0);
});

test('the ladder draws one reconstruction a stage, with its error', async () => {
  const out = join(folder, 'ladder.png');
  const flags = ['--input', picture, '--method', 'reconstruction-ladder', '--set', 'length=0.02', '--out', out];
  const { code, stdout, stderr } = await explain(...flags);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^reconstruction-ladder float32 3x1x12x12 /);
  expect(stderr).toMatch(/^feature error \S+ \S+ \S+$/m);
});

test('flags that a method does not take are named', async () => {
  const out = ['--out', join(folder, 'none.npy')];
  const dream = ['--method', 'deep-dream'];
  const visualization = ['--method', 'feature-visualization'];
  for (const [flags, message] of [
    [[...dream, ...out], /--input: is missing/],
    [[...visualization, '--input', picture, ...out], /--input: .*starts from noise/],
    [['--method', 'gradient', '--input', picture, '--guide', picture, ...out], /--guide: .*no second picture/],
    [[...dream, '--input', picture, '--direction', '0:1', ...out], /--direction: .*no direction/],
    [[...visualization, '--layer', 'relu1', '--direction', 'up', ...out], /--direction: not a direction/],
    [['--method', 'gradient', '--input', picture, '--out', join(folder, 'x.gif')], /--out: .*another kind/],
  ] as const) {
    const { code, stderr } = await explain(...flags);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  }
});
