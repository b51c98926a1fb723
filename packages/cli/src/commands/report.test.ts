import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPng, writeCheckpoint } from '@convscope/formats';
import { expect, test } from 'vitest';
import { runMain, tinyModel, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const model = join(folder, 'tiny.safetensors');
const picture = join(folder, 'picture.png');
const out = join(folder, 'report.html');

/** The pictures in the page, decoded. */
function picturesOf(page: string) {
  const found = [...page.matchAll(/src="data:image\/png;base64,([^"]+)"/g)];
  return found.map(([, base64 = '']) => readPng(new Uint8Array(Buffer.from(base64, 'base64')), 'picture'));
}

test('shows prediction, network, layers, maps and what they are worth in one page that loads nothing', async () => {
  const given = ['--methods', 'grad-cam,integrated-gradients', '--set', 'integrated-gradients.steps=4'];
  const { code, stdout, stderr } = await runMain([
    'report',
    '--model',
    model,
    '--input',
    picture,
    ...given,
    '--out',
    out,
  ]);
  expect(stderr).not.toContain('convscope report:');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^report \d+(\.\d+)? kB .*report\.html\n$/);
  const page = readFileSync(out, 'utf8');
  expect(page).toMatch(/It says <strong>(cat|dog|bird)<\/strong>, with a probability of \d/);
  expect(page).toContain('418 (1.67 kB)');
  expect(page).toMatch(/<code>relu1<\/code><\/h3><p class="pale">relu, all 4 channels, 12 × 12 each/);
  expect(page).toContain('<h3>Grad-CAM</h3>');
  expect(page).toContain('4 steps');
  expect(page).toMatch(/The values add up to -?[\d.]+; the class’s score differs from that of the baseline by/);
  expect(page).toMatch(/rank correlation with this one goes to .*: in the end/);
  expect(page.match(/<polyline class="own"/g)).toHaveLength(4);
  // The input, 4 and 6 channels, 2 maps alone and over the input, and a scale for each layer and map.
  expect(picturesOf(page)).toHaveLength(1 + 4 + 6 + 4 + 2 + 2);
  expect(page.replaceAll(/data:image\/png;base64,[\w+/=]+/g, '')).not.toMatch(
    /https?:|<script|<link|@import|url\(|style="/,
  );
});

test('its policy allows its own style, and nothing else', () => {
  const page = readFileSync(out, 'utf8');
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(policy).toBe(
    `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
});

test('the same page again: nothing in it depends on the time or the machine’s folders', async () => {
  const again = join(folder, 'again.html');
  const flags = ['--methods', 'smooth-grad', '--set', 'smooth-grad.samples=2', '--layer', 'pool1', '--target', '1'];
  const common = ['report', '--model', model, '--input', picture, ...flags, '--no-checks'];
  await runMain([...common, '--out', out]);
  await runMain([...common, '--out', again]);
  const [first, second] = [readFileSync(out, 'utf8'), readFileSync(again, 'utf8').replaceAll('again', 'report')];
  expect(first).toBe(second);
  expect(first).not.toContain(folder);
  expect(first).toContain('<h2>Why dog</h2>');
  expect(first).toContain('<code>pool1</code></h3>');
  expect(first).not.toContain('Deletion');
});

test('names from files are text and nothing more', async () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&';
  const path = join(folder, 'hostile.safetensors');
  const labels = [hostile, hostile, hostile];
  writeFileSync(path, writeCheckpoint({ ...tinyModel(), name: hostile, labels, notes: new Map([[hostile, hostile]]) }));
  const { code } = await runMain([
    'report',
    '--model',
    path,
    '--input',
    picture,
    '--methods',
    'gradient',
    '--no-checks',
    '--out',
    out,
  ]);
  expect(code).toBe(0);
  const page = readFileSync(out, 'utf8');
  expect(page).not.toContain('<img src=x');
  expect(page).toContain('&#60;img src=x onerror=alert(1)&#62;&#34;&#39;&#38;');
});

test.each<[string, readonly string[], RegExp]>([
  ['another kind of file', ['--out', join(folder, 'report.png')], /--out: .*\.html or \.htm/],
  [
    'a class that is not there',
    ['--target', '7', '--out', out],
    /--target: there is no such class; got 7; wanted .* 0 to 2/,
  ],
  [
    'a method that makes no map',
    ['--methods', 'deep-dream', '--out', out],
    /--method: not a method whose maps can be judged/,
  ],
  ['a method that does not apply', ['--methods', 'cam', '--out', out], /--methods: cam does not work here/],
  ['a layer that is not there', ['--layer', 'relu9', '--out', out], /--layer: .*"relu9"; wanted such as/],
])('refuses %s', async (_, flags, message) => {
  const { code, stderr } = await runMain(['report', '--model', model, '--input', picture, ...flags]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

test('refuses several pictures', async () => {
  const { code, stderr } = await runMain([
    'report',
    '--model',
    model,
    '--input',
    join(folder, 'two.npy'),
    '--out',
    out,
  ]);
  expect(stderr).toMatch(/--input: one picture at a time; got 2 pictures/);
  expect(code).toBe(2);
});
