import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePicture, writePng } from '@convscope/formats';
import { expect, test } from 'vitest';
import { runMain, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
mkdirSync(at('set', 'deeper'), { recursive: true });
const names = ['a.png', 'b.png', join('deeper', 'c<img>.png')];
for (const [n, name] of names.entries()) {
  const data = new Uint8ClampedArray(12 * 12 * 4).map((_, index) => (index % 4 === 3 ? 255 : (index * (5 + n)) % 256));
  writeFileSync(at('set', name), writePng({ width: 12, height: 12, data }));
}
writeFileSync(at('set', 'note.txt'), 'no picture');
const top = (...flags: readonly string[]) =>
  runMain(['top', '--model', at('tiny.safetensors'), '--data', `pictures:${at('set')}`, ...flags]);

test('a page names the pictures, strongest first, escaped, without scripts', async () => {
  const out = at('top.html');
  const { code, stdout } = await top('--layer', 'relu2', '--channel', '0,2-3', '--out', out);
  expect(code).toBe(0);
  expect(stdout).toBe(`relu2 channels 0, 2, 3 over 3 pictures ${out}\n`);
  const text = readFileSync(out, 'utf8');
  expect([...text.matchAll(/<h2>channel (\d+)/g)].map(([, channel]) => channel)).toEqual(['0', '2', '3']);
  expect(text.match(/<figure>/g)).toHaveLength(9);
  expect(text).toContain('c&#60;img&#62;.png');
  expect(text).not.toMatch(/<script|https?:/);
  const activations = [...text.matchAll(/<small>([\d.e-]+) at y/g)].map(([, value]) => Number(value));
  for (let row = 0; row < 9; row += 3) {
    expect(activations.slice(row, row + 3)).toEqual(activations.slice(row, row + 3).sort((a, b) => b - a));
  }
});

test('a figure', async () => {
  const out = at('top.png');
  expect((await top('--layer', 'relu1', '--channel', '1', '--keep', '2', '--out', out)).code).toBe(0);
  expect(decodePicture(readFileSync(out), out).width).toBeGreaterThan(400);
});

test.each<[string, readonly string[], RegExp]>([
  ['a channel that is not there', ['--layer', 'relu2', '--channel', '6'], /--channel.*got "6"; wanted .*from 0 to 5/],
  ['a layer that is not there', ['--layer', 'relu9', '--channel', '0'], /--layer.*relu9/],
])('refuses %s', async (_, flags, message) => {
  const { code, stderr } = await top(...flags, '--out', at('bad.png'));
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

test.each<[string, RegExp]>([
  ['nothing', /--data: no such data; got "nothing"/],
  ['pictures:/does/not/exist', /--data: the folder cannot be read \(ENOENT\)/],
  ['digits', /--data: tiny takes pictures of another size; got 1x28x28; wanted 1x12x12/],
])('refuses the data %s', async (data, message) => {
  const flags = ['--layer', 'relu2', '--channel', '0', '--out', at('bad.png')];
  const { code, stderr } = await runMain(['top', '--model', at('tiny.safetensors'), '--data', data, ...flags]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
