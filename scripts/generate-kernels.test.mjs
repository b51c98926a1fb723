import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { camelCase, indexText } from './generate-indexes.mjs';
import { kernelEntry } from '../packages/gpu-engine/src/device/kernel-entry.ts';
import { hookOf, kernelsText, reflectKernel } from './generate-kernels.mjs';
import { root } from './paths.mjs';

const source = `
const PIXELS = 8u; // variant
struct Sizes { batch: u32, slope: f32, strides: array<vec4<u32>, 2> }
@group(0) @binding(0) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> output: array<f32>;
@group(0) @binding(2) var<uniform> sizes: Sizes;
fn scaled(index: u32) -> f32 { return input[index].x * sizes.slope; }
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>) { output[id.x] = scaled(id.x); }
@compute @workgroup_size(8, 8, 1)
fn clear(@builtin(global_invocation_id) id: vec3<u32>) { output[id.x] = 0.0; }
`;

test('an entry point has the bindings that it uses, also through functions', () => {
  const kernel = reflectKernel('scale.wgsl', source);
  expect(kernel.constants).toEqual([{ name: 'PIXELS', value: 8 }]);
  const { main, clear } = kernel.entryPoints;
  expect(main.workgroupSize).toEqual([64, 1, 1]);
  expect(main.bindings.map(({ name, kind, element }) => [name, kind, element])).toEqual([
    ['input', 'read', 'vec4f'],
    ['output', 'write', 'f32'],
    ['sizes', 'uniform', 'Sizes'],
  ]);
  expect(main.uniforms.map(({ name, offset }) => [name, offset])).toEqual([
    ['batch', 0],
    ['slope', 4],
    ['strides', 16],
  ]);
  expect(main.uniformSize).toBe(48);
  expect(clear.bindings.map(({ name }) => name)).toEqual(['output']);
  expect(clear.uniformSize).toBe(0);
});

test('what a device may refuse is refused here, with the file and the entry point', () => {
  const large = source.replace('(64, 1, 1)', '(32, 32, 1)');
  expect(() => reflectKernel('scale.wgsl', large)).toThrow('scale.wgsl main: 1024 invocations; at most 256');
  const grouped = source.replace('@group(0) @binding(1)', '@group(1) @binding(1)');
  expect(() => reflectKernel('scale.wgsl', grouped)).toThrow('output is in group 1; wanted group 0');
  const hidden = source.replace('fn scaled(index: u32)', 'fn scaled(input: u32)');
  expect(() => reflectKernel('scale.wgsl', hidden)).toThrow('hides the binding');
});

test('names that only wgsl_reflect reserves are allowed', () => {
  const named = source
    .replaceAll('scaled', 'read')
    .replaceAll(/\bid\b/g, 'workgroup')
    .replaceAll('batch', 'block');
  const { main } = reflectKernel('scale.wgsl', named).entryPoints;
  expect(main.bindings).toEqual(reflectKernel('scale.wgsl', source).entryPoints.main.bindings);
  expect(main.uniforms[0].name).toBe('block');
});

test('a source survives its template literal', () => {
  const odd = '// `quoted` ${x} \\n\n';
  const text = kernelsText([{ stem: 'odd', source: odd, uses: {}, kernel: { entryPoints: {} } }]);
  const literal = /source: (`(?:[^`\\]|\\.)*`)/s.exec(text)[1];
  // The text was written by this very function from the constant above.
  // oxlint-disable-next-line no-eval
  expect((0, eval)(literal)).toBe(odd);
});

test('a folder index names each file by its export', () => {
  expect(camelCase('conv2d-input-gradient')).toBe('conv2dInputGradient');
  const text = indexText('ops', ['relu', 'conv2d-bias']);
  expect(text).toContain("import { conv2dBias } from './conv2d-bias.ts';");
  expect(text).toContain('export const ops = { conv2dBias, relu } as const;');
});

test('every shader is described as the engine reads it', async () => {
  for (const file of readdirSync(join(root, 'shaders')).filter((name) => name.endsWith('.wgsl'))) {
    const stem = file.slice(0, -'.wgsl'.length);
    const { entryPoints } = reflectKernel(file, readFileSync(join(root, 'shaders', file), 'utf8'));
    for (const [name, wanted] of Object.entries(entryPoints)) {
      const entry = kernelEntry(`${stem}/${name}`);
      const numbered = ({ name: own, binding, kind }) => [own, binding, kind];
      const placed = ({ name: own, type, offset }) => [own, type.replace('vec4u', 'u32'), offset];
      expect(entry.bindings.map(numbered), `${stem}/${name}`).toEqual(wanted.bindings.map(numbered));
      expect(entry.uniforms.map(placed), `${stem}/${name}`).toEqual(wanted.uniforms.map(placed));
      expect([entry.uniformSize, entry.hook]).toEqual([wanted.uniformSize, wanted.hook]);
      expect(entry.workgroupSize).toBe(wanted.workgroupSize.reduce((product, size) => product * size, 1));
    }
  }
});

test('a hook belongs to the entry points that reach it', () => {
  const hooked = `fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }
fn write(place: u32) { output[place] = finished(1.0, 0u, place); }
fn main() { write(0u); }
fn other() { output[0] = 0.0; }`;
  expect([hookOf(hooked, 'main'), hookOf(hooked, 'other')]).toEqual(['finished', undefined]);
});
