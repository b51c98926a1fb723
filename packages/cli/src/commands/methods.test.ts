import { methodNames } from '@convscope/xai';
import { expect, test } from 'vitest';
import { runMain } from '../fixtures.test-helper.ts';

test('lists every method', async () => {
  const { code, stdout } = await runMain(['methods']);
  expect(code).toBe(0);
  for (const name of methodNames) expect(stdout).toMatch(new RegExp(`^${name} `, 'm'));
});

test('tells paper, parameters, ranges and defaults of one', async () => {
  const { stdout } = await runMain(['methods', 'grad-cam']);
  expect(stdout).toMatch(/^Paper +Selvaraju, .*, 2016, arXiv 1610\.02391$/m);
  expect(stdout).toMatch(/--set relu=true +.*true or false/);
});

test('says the same for machines', async () => {
  const all = JSON.parse((await runMain(['methods', '--json'])).stdout) as { name: string }[];
  expect(all.map(({ name }) => name)).toEqual(methodNames);
  const one = JSON.parse((await runMain(['methods', 'deconvnet', '--json'])).stdout) as unknown;
  expect(one).toMatchObject({
    name: 'deconvnet',
    paper: { arxiv: '1311.2901' },
    caveat: expect.stringContaining('partly recovers'),
  });
});

test('says of a model which methods work on it', async () => {
  const { code, stdout } = await runMain(['methods', '--model', 'digits']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^grad-cam +yes$/m);
  const one = JSON.parse((await runMain(['methods', 'grad-cam', '--model', 'digits', '--json'])).stdout) as unknown;
  expect(one).toMatchObject({ name: 'grad-cam', applies: true, reason: null });
});

test('refuses a method that is none', async () => {
  const { code, stderr } = await runMain(['methods', 'deconvnt']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/did you mean deconvnet\?; got "deconvnt"; wanted one of/);
});
