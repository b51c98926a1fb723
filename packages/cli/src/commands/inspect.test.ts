import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCheckpoint } from '@convscope/formats';
import { expect, test } from 'vitest';
import { runMain, tinyModel, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const model = join(folder, 'tiny.safetensors');

test('tells layers, totals, input, preprocessing, labels, methods and suggested layers', async () => {
  const { code, stdout } = await runMain(['inspect', '--model', model]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^conv2 +conv2d +Nx6x6x6 +216$/m);
  expect(stdout).toMatch(/^parameters +418 \(1,672 bytes\)$/m);
  expect(stdout).toMatch(/^input +x {2}Nx1x12x12$/m);
  expect(stdout).toMatch(/^labels +cat, dog, bird$/m);
  expect(stdout).toMatch(/^methods +.*grad-cam/m);
  expect(stdout).toMatch(/^layers to look at +relu1, relu2, scores$/m);
  expect(stdout).toMatch(/^alias +logits = scores$/m);
});

test('says the same for machines', async () => {
  const { stdout } = await runMain(['inspect', '--model', model, '--json']);
  const data = JSON.parse(stdout) as { layers: unknown[]; methods: unknown[] };
  expect(data).toMatchObject({
    name: 'tiny',
    input: { name: 'x', dtype: 'float32', shape: ['N', 1, 12, 12] },
    logits: { name: 'logits', shape: ['N', 3] },
    labels: ['cat', 'dog', 'bird'],
    preprocessing: { channels: 1, height: 12 },
    notes: { licence: 'MIT' },
    parameters: 418,
    aliases: { logits: 'scores' },
  });
  expect(data.layers[2]).toEqual({
    name: 'relu1',
    op: 'relu',
    outputs: [{ name: 'relu1', dtype: 'float32', shape: ['N', 4, 12, 12] }],
    parameters: 0,
    suggested: true,
  });
  expect(data.methods).toContainEqual({ name: 'grad-cam', applies: true, reason: null });
});

test('a name from a file cannot steer the terminal', async () => {
  const path = join(folder, 'hostile.safetensors');
  writeFileSync(path, writeCheckpoint({ ...tinyModel(), name: 'evil\x1b[2Jname\n' }));
  const { stdout } = await runMain(['inspect', '--model', path]);
  expect(stdout).toMatch(/^model +evil\?\[2Jname\?$/m);
});

test.each<[string, readonly string[], RegExp]>([
  ['no model', [], /--model: the flag is missing; wanted M \(a model of the zoo/],
  ['a model that is nowhere', ['--model', 'digitz'], /--model:.*did you mean digits\?; got "digitz"; wanted digits/],
  ['a folder', ['--model', folder], /: not a file; got a folder/],
  ['another file', ['--model', join(folder, 'picture.png')], /picture\.png/],
  ['a value without a flag', ['digits'], /arguments: a value stands without a flag; got "digits"/],
])('refuses %s', async (_, flags, message) => {
  const { code, stderr } = await runMain(['inspect', ...flags]);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});
