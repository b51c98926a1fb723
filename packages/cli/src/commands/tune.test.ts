import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kernelChoices, readKernelTuning, type GpuDevice } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { expect, test } from 'vitest';
import { runMain, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const at = (name: string): string => join(folder, name);
const model = ['--model', at('tiny.safetensors')];
const tune = (...flags: readonly string[]) => runMain(['tune', ...model, '--rounds', '1', ...flags]);
const logits = (out: string, flags: readonly string[], requestDevice = requestNodeDevice) =>
  runMain(['run', ...model, '--input', at('two.npy'), '--output', `logits=${at(out)}`, ...flags], { requestDevice });

test('a tuning is written, told in a table, and taken by other commands', async () => {
  const { code, stdout } = await tune('--batch', '2', '--training', '--out', at('choices.json'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^convolution input gradient 2x4x6x6 by 6x4x3x3 .*x$/m);
  expect(stdout).toMatch(/^\d+ problems measured, together \d+\.\d\d times faster than by default$/m);
  const text = readFileSync(at('choices.json'), 'utf8');
  const tuning = readKernelTuning(text);
  expect(tuning.problems.length).toBeGreaterThanOrEqual(6);
  expect(stdout.trimEnd().split('\n').length).toBe(tuning.problems.length + 3);

  let device: GpuDevice | undefined;
  const requestDevice = async () => (device = await requestNodeDevice());
  const chosen = await logits('chosen.npy', ['--choices', at('choices.json')], requestDevice);
  expect(chosen).toMatchObject({ code: 0 });
  expect(chosen.stderr).not.toContain('note');
  expect(device?.kernelChoices).toEqual(kernelChoices(tuning));

  const adapter = { ...tuning.adapter, description: 'another\x1b' };
  writeFileSync(at('elsewhere.json'), JSON.stringify({ ...tuning, adapter }));
  const { stderr } = await logits('elsewhere.npy', ['--choices', at('elsewhere.json')]);
  expect(stderr).toMatch(/^note: the kernels of --choices were measured on another adapter: .*another\?$/m);
});

test('what cannot be tuned, written or read is refused before any work', async () => {
  expect((await tune('--out', at('choices.txt'))).stderr).toMatch(/--out: the file is of another kind/);
  writeFileSync(at('broken.json'), '{"format":"convscope-kernels","version":9}');
  const { code, stderr } = await logits('x.npy', ['--choices', at('broken.json')]);
  expect(stderr).toMatch(/version: not usable as kernel choices; got 9; wanted 1/);
  expect(code).toBe(2);
  expect((await logits('x.npy', ['--choices', at('missing.json')])).stderr).toMatch(/no such file/);
});
