import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCheckpointWithState } from '@convscope/formats';
import { recipeNamed } from '@convscope/zoo';
import { expect, test } from 'vitest';
import { runMain, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const quick = { ...recipeNamed('digits'), name: 'quick', trainingCount: 60, validationCount: 20, batch: 10, epochs: 2 };
const sgd = { kind: 'sgd', momentum: 0.9 };
writeFileSync(at('adam.json'), JSON.stringify(quick));
writeFileSync(at('sgd.json'), JSON.stringify({ ...quick, optimizer: sgd, earlyStop: { patience: 9 } }));
const train = (out: string, ...flags: readonly string[]) =>
  runMain(['train', '--data', 'digits', '--out', at(out), ...flags]);
const checkpoint = (out: string, step: number) =>
  at(out, 'checkpoints', `step-${String(step).padStart(9, '0')}.safetensors`);

test.each([
  ['adam', 4],
  ['sgd', 6],
])('a resumed training ends with the bytes of one that was never left, %s', async (name, step) => {
  const flags = ['--recipe', at(`${name}.json`), '--checkpoints', 'steps 0, 4, then every epoch'];
  const { code, stdout } = await train(name, ...flags);
  expect(code).toBe(0);
  const lines = stdout.split('\n').filter((line) => line.startsWith('checkpoint '));
  expect(lines).toEqual([0, 4, 6, 12].map((step) => `checkpoint ${step} ${checkpoint(name, step)}`));
  expect(readdirSync(at(name, 'checkpoints')).length).toBe(4);
  const out = `${name}-resumed`;
  const resumed = await train(out, '--resume', checkpoint(name, step), '--checkpoints', 'every 3 steps');
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).not.toMatch(/note/);
  for (const file of ['model.safetensors', 'report.json']) {
    expect(readFileSync(at(out, file)).equals(readFileSync(at(name, file)))).toBe(true);
  }
  expect(readFileSync(checkpoint(out, 12)).equals(readFileSync(checkpoint(name, 12)))).toBe(true);
});

test('a checkpoint is a model that other commands take', async () => {
  const { code, stdout } = await runMain(['inspect', '--model', checkpoint('adam', 4)]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^model +quick$/m);
  const { state } = readCheckpointWithState(readFileSync(checkpoint('adam', 4)), 'file');
  expect([...state.keys()].every((key) => key.startsWith('optimizer:'))).toBe(true);
});

test('an interrupted training says how to go on', async () => {
  const controller = new AbortController();
  const stdout = { write: (text: string) => text.startsWith('checkpoint 4') && controller.abort() };
  const flags = ['--data', 'digits', '--recipe', at('adam.json'), '--out', at('cut'), '--checkpoints', '0, 4'];
  const { code, stderr } = await runMain(['train', ...flags], { stdout, signal: controller.signal });
  expect(code).toBe(130);
  expect(stderr).toMatch(/interrupted, go on with --resume .*step-000000004\.safetensors\n$/);
});

test.each<[string, readonly string[], RegExp]>([
  ['neither recipe nor checkpoint', [], /--recipe: the flag is missing; wanted .*--resume/],
  [
    'both',
    ['--resume', checkpoint('adam', 4), '--recipe', 'digits'],
    /--recipe: the checkpoint of --resume has its own/,
  ],
  ['a model alone', ['--resume', at('adam', 'model.safetensors')], /without the state of its training/],
  ['a missing file', ['--resume', at('no.safetensors')], /there is no such file/],
  ['no schedule', ['--recipe', 'digits', '--checkpoints', 'often'], /--checkpoints: part 1 of the schedule.*"often"/],
])('refuses %s', async (_, flags, message) => {
  const { code, stderr } = await train('bad', ...flags);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

test('other data than those of the checkpoint are refused', async () => {
  const flags = ['--data', 'shapes', '--out', at('bad'), '--resume', checkpoint('adam', 4)];
  const { code, stderr } = await runMain(['train', ...flags]);
  expect(stderr).toMatch(/the data is not that of the checkpoint; got shapes 60-\w+; wanted digits 60-\w+/);
  expect(code).toBe(2);
});
