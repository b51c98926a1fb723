import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePicture, readNpy } from '@convscope/formats';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { methodNamed, Session } from '@convscope/xai';
import { expect, test } from 'vitest';
import { runMain, tinyModel, wave, workFolder, type Outcome } from '../fixtures.test-helper.ts';

const folder = workFolder();
const explain = (...rest: readonly string[]): Promise<Outcome> =>
  runMain(['explain', '--model', join(folder, 'tiny.safetensors'), '--input', join(folder, 'two.npy'), ...rest]);
const readBack = (name: string) => readNpy(new Uint8Array(readFileSync(join(folder, name))), name);

test('the gradient in a .npy file is what the method itself gives, raw and in the shape of the input', async () => {
  const out = join(folder, 'gradient.npy');
  const { code, stdout, stderr } = await explain('--method', 'gradient', '--out', out);
  expect(code).toBe(0);
  expect(stdout).toBe(`gradient float32 2x1x12x12 ${out}\n`);
  expect(stderr).toMatch(/explains the top class, (cat|dog|bird), (cat|dog|bird)/);

  const device = await requestNodeDevice();
  const session = await Session.create(device, tinyModel());
  const explanation = await session.explain(methodNamed('gradient'), { input: wave([2, 1, 12, 12], 0.7) });
  expect(readBack('gradient.npy')).toEqual(await explanation.tensor.read());
  explanation.dispose();
  session.dispose();
  device.dispose();
});

test.each<[string, readonly string[], readonly number[], RegExp]>([
  ['a named class', ['--method', 'guided-backprop', '--target', '2'], [2, 1, 12, 12], /class 2 \(bird\)/],
  ['a channel', ['--method', 'deconvnet', '--layer', 'relu1', '--unit', '3'], [2, 1, 12, 12], /unit 3,\d+,\d+ 3,/],
  ['a unit', ['--method', 'deconvnet', '--layer', 'relu1', '--unit=1,5,6'], [2, 1, 12, 12], /unit 1,5,6 1,5,6/],
  ['a map at the resolution of the layer', ['--method', 'grad-cam'], [2, 1, 6, 6], /layer relu2/],
  ['a setting', ['--method', 'grad-cam', '--set', 'relu=false', '--layer', 'relu1'], [2, 1, 12, 12], /values from -/],
  ['all maps of a layer', ['--method', 'feature-maps', '--layer', 'relu2'], [2, 6, 6, 6], /layer relu2/],
])('explains %s', async (title, flags, shape, remark) => {
  const name = `${title.replaceAll(' ', '-')}.npy`;
  const { code, stderr } = await explain(...flags, '--out', join(folder, name));
  expect(stderr).toMatch(remark);
  expect(code).toBe(0);
  expect(readBack(name).shape).toEqual(shape);
});

test.each([
  ['gradient', []],
  ['grad-cam', []],
  ['feature-maps', ['--layer', 'relu2']],
])('draws %s as a figure from a picture', async (method, flags) => {
  const out = join(folder, `${method}.png`);
  const picture = ['--model', join(folder, 'tiny.safetensors'), '--input', join(folder, 'picture.png')];
  const { code, stdout } = await runMain(['explain', ...picture, '--method', method, ...flags, '--out', out]);
  expect(code).toBe(0);
  expect(stdout).toContain(out);
  const { width, height } = decodePicture(new Uint8Array(readFileSync(out)), out);
  expect(width).toBeGreaterThan(900);
  expect(height).toBeGreaterThan(450);
});

test.each<[string, readonly string[], RegExp]>([
  [
    'a class that is not there',
    ['--method', 'gradient', '--target', '3'],
    /--target.*got 3; wanted an integer from 0 to 2/,
  ],
  ['a negative class', ['--method', 'gradient', '--target', '-1'], /--target.*"-1"; wanted an integer from 0/],
  ['a class that is no number', ['--method', 'gradient', '--target', 'cat'], /--target.*"cat"; wanted an integer/],
  ['an unknown method', ['--method', 'gradcam'], /--method.*did you mean grad-cam\?; got "gradcam"; wanted one of/],
  ['no method', [], /--method: the flag is missing; wanted one of .*deconvnet/],
  ['an unknown layer', ['--method', 'grad-cam', '--layer', 'relu9'], /--layer:.*"relu9"; wanted such as relu1, relu2/],
  ['a layer without maps', ['--method', 'grad-cam', '--layer', 'flat'], /--layer.*flat, 2x54; wanted such as relu1/],
  ['weights as a layer', ['--method', 'feature-maps', '--layer', 'conv1.weight'], /--layer.*wanted such as relu1/],
  ['a unit without a layer', ['--method', 'deconvnet', '--unit', '1'], /--unit.*wanted --layer/],
  ['a unit of letters', ['--method', 'deconvnet', '--layer', 'relu1', '--unit', 'a'], /--unit.*"a"; wanted C or C,Y,X/],
  ['half a unit', ['--method', 'deconvnet', '--layer', 'relu1', '--unit', '1,2'], /--unit.*wanted C or C,Y,X/],
  [
    'a unit beyond the layer',
    ['--method', 'deconvnet', '--layer', 'relu1', '--unit', '1,12,0'],
    /--unit.*got 1,12,0; wanted C from 0 to 3, Y to 11, X to 11/,
  ],
  [
    'a unit for classes',
    ['--method', 'grad-cam', '--layer', 'relu1', '--unit', '1'],
    /--unit: grad-cam explains classes/,
  ],
  ['a class for layers', ['--method', 'feature-maps', '--target', '1'], /--target: feature-maps explains no class/],
  ['a class and a layer', ['--method', 'gradient', '--target', '1', '--layer', 'relu1'], /cannot both be explained/],
  ['an unknown setting', ['--method', 'grad-cam', '--set', 'rleu=true'], /--set.*"rleu"; wanted relu/],
  ['a setting out of range', ['--method', 'grad-cam', '--set', 'relu=1'], /--set.*got "1"; wanted true or false/],
  ['a setting without a value', ['--method', 'grad-cam', '--set', 'relu'], /--set.*"relu"; wanted key=value/],
  ['a hostile setting', ['--method', 'grad-cam', '--set', '__proto__=1'], /--set.*"__proto__"; wanted relu/],
  ['a seed out of range', ['--method', 'gradient', '--seed', '1.5'], /--seed.*"1.5"; wanted an integer from 0/],
])('refuses %s with one line and leaves nothing', async (_, flags, message) => {
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await explain(...flags, '--out', join(folder, 'bad.npy'));
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  expect(readdirSync(folder)).toEqual(before);
});

test('an unknown flag names the allowed ones', async () => {
  const { code, stderr } = await explain('--methd', 'gradient', '--out', 'x.npy');
  expect(code).toBe(2);
  expect(stderr).toBe(
    'convscope explain: --methd: there is no such flag, did you mean --method?; wanted --help, --model, --preprocess, ' +
      '--labels, --input, --method, --layer, --unit, --target, --direction, --guide, --set, --seed, --out, ' +
      '--choices\n',
  );
});
