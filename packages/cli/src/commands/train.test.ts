import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCheckpoint } from '@convscope/formats';
import { recipeNamed } from '@convscope/zoo';
import { expect, test } from 'vitest';
import { runMain, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const at = (name: string): string => join(folder, name);
const quick = { ...recipeNamed('digits'), name: 'quick', trainingCount: 100, validationCount: 20, batch: 10 };
writeFileSync(at('quick.json'), JSON.stringify(quick));
const train = (...flags: readonly string[]) => runMain(['train', ...flags]);

test('trains by a recipe file, writes model and report, ends with the held-out accuracy', async () => {
  const out = at('trained');
  const flags = ['--data', 'digits', '--recipe', at('quick.json'), '--epochs', '1', '--seed', '7', '--out', out];
  const { code, stdout, stderr } = await train(...flags);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^.*model\.safetensors\nheld-out accuracy \d+\.\d\d % of 20\n$/);
  expect(stderr).toMatch(/^train 100 % epoch 1 of 1, loss /m);
  expect(readdirSync(out).sort()).toEqual(['model.safetensors', 'report.json']);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as unknown;
  expect(report).toMatchObject({
    data: 'digits',
    recipe: { name: 'quick', epochs: 1, seed: 7 },
    evaluation: { count: 20 },
  });
  const { code: again, stdout: text } = await runMain(['inspect', '--model', join(out, 'model.safetensors')]);
  expect(again).toBe(0);
  expect(text).toMatch(/^model +quick$/m);
});

test('trains on IDX files with the class names given, or those of Fashion-MNIST by the name of the folder', async () => {
  const fashion = at('fashion-mnist');
  mkdirSync(fashion);
  for (const [part, count] of [
    ['train', 20],
    ['t10k', 10],
  ] as const) {
    const pixels = Uint8Array.from({ length: count * 144 }, (_, place) => (place * 37) % 256);
    const labels = Uint8Array.from({ length: count }, (_, row) => row % 10);
    const head = [0, 0, 0, count];
    writeFileSync(
      join(fashion, `${part}-images-idx3-ubyte`),
      Uint8Array.from([0, 0, 8, 3, ...head, 0, 0, 0, 12, 0, 0, 0, 12, ...pixels]),
    );
    writeFileSync(join(fashion, `${part}-labels-idx1-ubyte`), Uint8Array.from([0, 0, 8, 1, ...head, ...labels]));
  }
  writeFileSync(at('names.txt'), Array.from('abcdefghij').join('\n'));
  const flags = ['--data', `idx:${fashion}`, '--recipe', at('quick.json'), '--epochs', '1'];
  const labelsIn = (out: string) =>
    readCheckpoint(new Uint8Array(readFileSync(join(out, 'model.safetensors'))), 'model').labels;
  expect(await train(...flags, '--out', at('fashion'))).toMatchObject({ code: 0 });
  expect(labelsIn(at('fashion'))[0]).toBe('T-shirt/top');
  expect(await train(...flags, '--labels', at('names.txt'), '--out', at('letters'))).toMatchObject({ code: 0 });
  expect(labelsIn(at('letters'))[9]).toBe('j');
  const drawn = await train(
    '--data',
    'digits',
    '--recipe',
    at('quick.json'),
    '--labels',
    at('names.txt'),
    '--out',
    at('x'),
  );
  expect(drawn).toMatchObject({ code: 2 });
  expect(drawn.stderr).toMatch(/--labels: only IDX files have no class names; got digits/);
});

test('an interruption ends it with 130 and leaves nothing', async () => {
  const controller = new AbortController();
  const stderr = { write: (text: string) => text.startsWith('train') && controller.abort() };
  const flags = ['--data', 'digits', '--recipe', at('quick.json'), '--out', at('interrupted')];
  const { code } = await runMain(['train', ...flags], { stderr, signal: controller.signal });
  expect(code).toBe(130);
  expect(existsSync(at('interrupted'))).toBe(false);
});

test.each<[string, readonly string[], RegExp]>([
  ['no data', ['--recipe', 'digits'], /--data: the flag is missing; wanted digits\|shapes\|KIND:DIR/],
  [
    'unknown data',
    ['--data', 'letters', '--recipe', 'digits'],
    /--data:.*"letters"; wanted digits, shapes, idx:DIR, cifar10:DIR or pictures:DIR/,
  ],
  ['a missing folder', ['--data', 'idx:nowhere', '--recipe', 'digits'], /--data: there is no such folder; got nowhere/],
  ['a folder without data', ['--data', `idx:${folder}`, '--recipe', 'digits'], /train-images-idx3-ubyte/],
  [
    'an unknown recipe',
    ['--data', 'digits', '--recipe', 'digit'],
    /--recipe:.*did you mean digits\?; got "digit"; wanted/,
  ],
  ['a missing recipe', ['--data', 'digits', '--recipe', at('no.json')], /no\.json: there is no such file/],
  [
    'a wrong field',
    ['--data', 'digits', '--recipe', at('wrong.json')],
    /wrong\.json: recipe\.batch.*wanted a whole number/,
  ],
  ['a recipe in no JSON', ['--data', 'digits', '--recipe', at('broken.json')], /broken\.json, recipe/],
  ['no epochs', ['--data', 'digits', '--recipe', 'digits', '--epochs', '0'], /--epochs:.*wanted an integer from 1/],
])('refuses %s', async (_, flags, message) => {
  writeFileSync(at('wrong.json'), JSON.stringify({ ...quick, batch: 0 }));
  writeFileSync(at('broken.json'), '{');
  const { code, stderr } = await train(...flags, '--out', at('bad'));
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
  expect(existsSync(at('bad'))).toBe(false);
});

test('refuses a place that cannot hold the result before it trains', async () => {
  mkdirSync(at('place'), { recursive: true });
  const { code, stderr } = await train('--data=digits', '--recipe=digits', '--out', join(at('quick.json'), 'below'));
  expect(code).toBe(2);
  expect(stderr).toMatch(/--out: not a folder/);
});

test('checkpoints for display are weights alone in half precision', async () => {
  const out = at('display');
  const flags = ['--data', 'digits', '--recipe', at('quick.json'), '--epochs', '1', '--checkpoints', 'steps 0, 5'];
  const { code } = await train(...flags, '--display-only', '--out', out);
  expect(code).toBe(0);
  const names = readdirSync(join(out, 'checkpoints'));
  expect(names.length).toBe(3);
  const bytes = readFileSync(join(out, 'checkpoints', names.at(-1) ?? ''));
  const whole = readFileSync(join(out, 'model.safetensors'));
  expect(bytes.length).toBeLessThan(0.6 * whole.length);
  const [rounded, exact] = [bytes, whole].map((file) => readCheckpoint(file, 'f').parameters.get('conv1.weight')?.data);
  exact?.forEach((value, index) => {
    expect(Math.abs(value - (rounded?.[index] ?? NaN))).toBeLessThanOrEqual(Math.max(2 ** -24, Math.abs(value) / 2048));
  });
  const { stderr } = await train(
    '--data',
    'digits',
    '--resume',
    join(out, 'checkpoints', names[1] ?? ''),
    '--out',
    out,
  );
  expect(stderr).toMatch(/without the state of its training/);
});
