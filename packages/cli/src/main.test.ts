import { join } from 'node:path';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { runMain, workFolder } from './fixtures.test-helper.ts';

const folder = workFolder();
const files = ['--model', join(folder, 'tiny.safetensors'), '--input', join(folder, 'two.npy')];
const explain = ['explain', ...files, '--method', 'gradient', '--out', join(folder, 'out.npy')];

test('the help names every command and its flags', async () => {
  const tool = await runMain(['--help']);
  expect(tool).toMatchObject({ code: 0, stderr: '' });
  for (const name of ['inspect', 'run', 'explain', 'check', 'top', 'train', 'evolve', 'tune', 'methods']) {
    expect(tool.stdout).toContain(`convscope ${name}`);
    expect((await runMain([name, '--help'])).stdout).toContain(`convscope ${name} `);
  }
  expect((await runMain(['explain', '--help'])).stdout).toMatch(/--target N +.*an integer from 0/);
});

test('--version', async () => {
  expect((await runMain(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each<[string, readonly string[], RegExp]>([
  [
    'no command',
    [],
    /a command is missing; wanted one of inspect, run, explain, check, report, serve, top, train, evolve, profile, tune, methods/,
  ],
  ['an unknown command', ['explian'], /did you mean explain\?; got "explian"; wanted one of/],
  ['a name of an object', ['constructor'], /there is no such command; got "constructor"/],
])('refuses %s', async (_, argv, message) => {
  const { code, stderr } = await runMain(argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('without a GPU: exit code 1 and one line that says what is missing', async () => {
  const requestDevice = () =>
    Promise.reject(new ConvscopeError('no-adapter', 'no Vulkan driver offers an adapter', { wanted: 'a GPU driver' }));
  const { code, stderr } = await runMain(explain, { requestDevice });
  expect(code).toBe(1);
  expect(stderr).toContain('convscope explain: no-adapter: no Vulkan driver offers an adapter; wanted a GPU driver\n');
});

test('an interruption is exit code 130', async () => {
  const { code, stderr } = await runMain(explain, { signal: AbortSignal.abort() });
  expect(code).toBe(130);
  expect(stderr).toBe('convscope: interrupted, nothing was written\n');
});

test('a failure inside is exit code 1, with its place where that is asked for', async () => {
  const requestDevice = () => Promise.reject(new TypeError('undefined is\nnot a thing'));
  const plain = await runMain(explain, { requestDevice });
  expect(plain).toMatchObject({ code: 1, stdout: '' });
  expect(plain.stderr).toContain('failed inside: undefined is not a thing');
  expect(plain.stderr).not.toContain('main.test.ts');
  expect((await runMain(explain, { requestDevice, env: { CONVSCOPE_DEBUG: '1' } })).stderr).toContain('main.test.ts');
});
