import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpy, writeNpy, writePng } from '@convscope/formats';
import { float32Tensor, int32Tensor } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { Session } from '@convscope/xai';
import { expect, test } from 'vitest';
import { runMain, tinyModel, wave, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const at = (name: string): string => join(folder, name);
const readBack = (name: string) => readNpy(new Uint8Array(readFileSync(at(name))), name);
const run = (input: string, ...rest: readonly string[]) =>
  runMain(['run', '--model', at('tiny.safetensors'), '--input', at(input), ...rest]);

test('gives values by name and alias, positions as integers, and what needs no computing', async () => {
  const model = tinyModel();
  const switches = model.graph.producers.get('pool1')?.outputs[1] ?? '';
  const names = ['logits', 'relu1', switches, 'x', 'conv1.bias'];
  const outputs = names.map((name, index) => `${name}=${at(`value${index}.npy`)}`);
  const { code, stdout } = await run('two.npy', '--output', ...outputs);
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).toBe(`logits float32 2x3 ${at('value0.npy')}`);
  expect(readBack('value1.npy').shape).toEqual([2, 4, 12, 12]);
  expect(readBack('value2.npy')).toMatchObject({ dtype: 'int32', shape: [2, 4, 6, 6] });
  expect(readBack('value3.npy')).toEqual(wave([2, 1, 12, 12], 0.7));
  expect(readBack('value4.npy')).toEqual(model.parameters.get('conv1.bias'));

  const device = await requestNodeDevice();
  const session = await Session.create(device, model);
  const [scores = []] = await session.predict(wave([2, 1, 12, 12], 0.7));
  const logits = scores.toSorted((a, b) => a.index - b.index).map(({ logit }) => logit);
  expect(Array.from(readBack('value0.npy').data.subarray(0, 3))).toEqual(logits);
  session.dispose();
  device.dispose();
});

test('takes a picture through the preprocessing of the model', async () => {
  const { code } = await run('picture.png', '--output', `x=${at('seen.npy')}`);
  expect(code).toBe(0);
  expect(readBack('seen.npy').shape).toEqual([1, 1, 12, 12]);
});

const whole = writeNpy(wave([1, 1, 12, 12], 1));
const files: Readonly<Record<string, Uint8Array | string>> = {
  'cut.npy': whole.subarray(0, whole.length - 10),
  'wide.npy': writeNpy(wave([1, 3, 8, 8], 1)),
  'flat.npy': writeNpy(wave([144], 1)),
  'whole-numbers.npy': writeNpy(int32Tensor([1, 1, 12, 12])),
  'nan.npy': writeNpy(float32Tensor([1, 1, 12, 12], new Float32Array(144).fill(Number.NaN, 13, 14))),
  'text.png': 'not a picture',
  'text.npy': 'not an array',
  'empty.jpg': '',
  'notes.txt': 'notes',
  'cut.png': writePng({ width: 4, height: 4, data: new Uint8Array(64) }).subarray(0, 40),
};

test.each<[string, string, RegExp]>([
  ['a file that is cut off', 'cut.npy', /cut\.npy, byte 128:.*got 566 bytes; wanted 576/],
  ['another shape', 'wide.npy', /wide\.npy, shape: not a shape that tiny takes; got 1x3x8x8; wanted Nx1x12x12/],
  ['other dimensions', 'flat.npy', /flat\.npy, shape:.*got 144; wanted Nx1x12x12/],
  ['integers', 'whole-numbers.npy', /whole-numbers\.npy, descr:.*wanted float32/],
  ['a NaN', 'nan.npy', /nan\.npy, element 0,0,1,1:.*got NaN; wanted finite numbers/],
  ['a text named .png', 'text.png', /text\.png: not a picture.*wanted PNG or JPEG/],
  ['a text named .npy', 'text.npy', /text\.npy, magic number: not a \.npy file/],
  ['an empty file', 'empty.jpg', /empty\.jpg: not a picture.*got an empty file/],
  ['another kind of file', 'notes.txt', /notes\.txt:.*got \.txt; wanted \.npy, \.png, \.jpg or \.jpeg/],
  ['a picture that is cut off', 'cut.png', /cut\.png/],
  ['a file that is missing', 'missing.png', /missing\.png: there is no such file/],
  ['a folder', 'folder.npy', /folder\.npy: not a file; got a folder/],
])('refuses %s as input, with one line, and writes nothing', async (_, name, message) => {
  mkdirSync(at('folder.npy'), { recursive: true });
  const content = files[name];
  if (content !== undefined) writeFileSync(at(name), content);
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await run(name, '--output', `logits=${at('bad.npy')}`);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(readdirSync(folder)).toEqual(before);
});

test.each<[string, readonly string[], RegExp]>([
  ['no output', [], /--output: the flag is missing; wanted NAME=FILE\.npy/],
  ['an output without a file', ['--output', 'logits'], /--output: not an output; got "logits"; wanted NAME=FILE\.npy/],
  ['an unknown value', ['--output', `relu7=${at('bad.npy')}`], /--output:.*"relu7"; wanted such as relu1, relu2/],
  ['another kind of file', ['--output', `logits=${at('bad.png')}`], /--output:.*wanted a name that ends in \.npy/],
  ['a missing folder', ['--output', `logits=${at('no/bad.npy')}`], /--output: the folder does not exist/],
  [
    'two values in one file',
    ['--output', `logits=${at('bad.npy')}`, `relu1=${at('bad.npy')}`],
    /--output: two values go into one file/,
  ],
])('refuses %s', async (_, flags, message) => {
  const { code, stderr } = await run('two.npy', ...flags);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});
