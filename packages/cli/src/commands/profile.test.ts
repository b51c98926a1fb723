import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePicture } from '@convscope/formats';
import { expect, test } from 'vitest';
import { runMain, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const at = (name: string): string => join(folder, name);
const profile = (...flags: readonly string[]) =>
  runMain(['profile', '--model', at('tiny.safetensors'), '--input', at('picture.png'), ...flags]);

interface Written {
  readonly milliseconds: number;
  readonly nodes: readonly { readonly op: string; readonly milliseconds: number; readonly share: number }[];
  readonly ops: readonly { readonly op: string; readonly count: number; readonly milliseconds: number }[];
}

test('lists the nodes that take longest, and writes all numbers, which add up', async () => {
  const { code, stdout } = await profile('--runs', '2', '--rows', '3', '--out', at('profile.json'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^tiny, forward, input 1x1x12x12$/m);
  expect(stdout).toMatch(/^ *ms +share +GFLOP\/s +node +op +shape +kernels$/m);
  expect(stdout).toMatch(/^\d+ further nodes: \d+\.\d{3} ms$/m);
  const written = JSON.parse(readFileSync(at('profile.json'), 'utf8')) as Written;
  expect(written).toMatchObject({ model: 'tiny', pass: 'forward', runs: 2, input: [1, 1, 12, 12] });
  const sum = (values: readonly { readonly milliseconds: number }[]) =>
    values.reduce((total, { milliseconds }) => total + milliseconds, 0);
  expect(sum(written.nodes)).toBeCloseTo(written.milliseconds, 6);
  expect(sum(written.ops)).toBeCloseTo(written.milliseconds, 6);
  expect(written.nodes.map(({ op }) => op)).toEqual(expect.arrayContaining(['conv2d', 'maxPool', 'dense']));
  expect(written.ops.find(({ op }) => op === 'conv2d')?.count).toBe(2);
});

test('profiles the way back too, as a page without scripts and as a picture', async () => {
  const page = await profile('--pass', 'gradient', '--runs', '1', '--out', at('profile.html'));
  expect(page.code).toBe(0);
  const text = readFileSync(at('profile.html'), 'utf8');
  expect(text).toMatch(/conv2dInputGradient/);
  expect(text).not.toMatch(/<script|https?:/);
  expect(text.match(/<tr><th scope="row">/g)?.length).toBe(text.match(/<title>[^<]* ms, /g)?.length);
  expect((await profile('--runs', '1', '--out', at('profile.png'))).code).toBe(0);
  expect(decodePicture(readFileSync(at('profile.png')), 'profile.png').width).toBeGreaterThan(1000);
});

test.each<[string, readonly string[], RegExp]>([
  ['a pass that there is not', ['--pass', 'sideways'], /--pass: not one of the allowed values.*forward, gradient/],
  ['another kind of file', ['--out', 'profile.txt'], /--out: the file is of another kind/],
  ['no runs', ['--runs', '0'], /--runs: not an allowed number/],
])('refuses %s', async (_, flags, message) => {
  const { code, stderr } = await profile(...flags);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
