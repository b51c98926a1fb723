import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCheckpoint, writeNpy } from '@convscope/formats';
import { float32Tensor } from '@convscope/gpu-engine/graph';
import { architectureNamed } from '@convscope/zoo';
import { expect, test } from 'vitest';
import { runMain, tinyModel, wave, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const at = (name: string): string => join(folder, name);
const model = ['--model', at('tiny.safetensors')];
writeFileSync(at('one.npy'), writeNpy(wave([1, 1, 12, 12], 0.4)));
const input = ['--input', at('one.npy')];

interface Checked {
  readonly class: { readonly index: number; readonly label: string };
  readonly methods: readonly {
    readonly name: string;
    readonly layer: string | null;
    readonly completeness: { readonly gap: number } | null;
    readonly deletion: { readonly area: number; readonly probabilities: readonly number[] };
    readonly randomization: readonly { readonly parameter: string; readonly correlation: number | null }[];
  }[];
}

test('judges the maps of one input as data, the same for the same seed', async () => {
  const argv = ['check', ...model, ...input, '--method', 'integrated-gradients', 'grad-cam', '--steps', '6', '--json'];
  const { code, stdout } = await runMain(argv);
  expect(code).toBe(0);
  const checked = JSON.parse(stdout) as Checked;
  expect(['cat', 'dog', 'bird'][checked.class.index]).toBe(checked.class.label);
  const [integrated, cam] = checked.methods;
  expect(integrated?.layer).toBeNull();
  expect(Math.abs(integrated?.completeness?.gap ?? 1)).toBeLessThan(0.05);
  expect(cam?.completeness).toBeNull();
  expect(cam?.layer).toBe('relu2');
  expect(cam?.deletion.probabilities).toHaveLength(7);
  expect(integrated?.randomization.map(({ parameter }) => parameter)).toEqual([
    'dense.weight',
    'conv2.weight',
    'conv1.weight',
  ]);
  expect((await runMain(argv)).stdout).toBe(stdout);
});

test('says in words what the numbers mean, and what a method is known for', async () => {
  const { code, stdout } = await runMain([
    'check',
    ...model,
    ...input,
    '--methods',
    'gradient,guided-backprop',
    '--steps=4',
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^tiny, class \d \((cat|dog|bird)\), /);
  expect(stdout).toMatch(/method +dense.weight +conv2.weight +conv1.weight/);
  expect(stdout).toContain('near 0 is good');
  expect(stdout).toMatch(/- guided-backprop: .*1805.07039/);
});

test('scores methods on shapes, as text, markdown and data', async () => {
  const architecture = architectureNamed('shapes-net');
  const graph = architecture.build({ mode: 'inference', batch: 'N', channels: 3, height: 64, width: 64, classes: 10 });
  const shapesModel = {
    ...tinyModel(),
    name: 'untrained',
    graph,
    labels: [],
    parameters: new Map(
      [...graph.parameters.keys()].map((name, index) => {
        const shape = graph.values.get(name)?.shape as readonly number[];
        return [name, name.endsWith('bias') ? float32Tensor(shape) : wave(shape, index + 1)] as const;
      }),
    ),
    preprocessing: {
      ...tinyModel().preprocessing,
      channels: 3 as const,
      height: 64,
      width: 64,
      mean: [0, 0, 0],
      standardDeviation: [1, 1, 1],
    },
  };
  writeFileSync(at('untrained.safetensors'), writeCheckpoint(shapesModel));
  const argv = [
    'check',
    '--model',
    at('untrained.safetensors'),
    '--data',
    'shapes',
    '--methods',
    'gradient',
    '--count=2',
    '--steps=2',
  ];
  const { code, stdout } = await runMain([...argv, '--json']);
  expect(code).toBe(0);
  const { rows, pictures, maskShare } = JSON.parse(stdout) as {
    rows: { name: string; hits: number; energyInside: number }[];
    pictures: number;
    maskShare: number;
  };
  expect(pictures).toBe(2);
  expect(rows[0]).toMatchObject({ name: '(the true mask)', hits: 1, energyInside: 1 });
  expect(rows.find(({ name }) => name === '(noise)')?.energyInside).toBeCloseTo(maskShare, 1);
  expect((await runMain([...argv, '--markdown'])).stdout).toMatch(/\| method \| layer \| hits .*\n\| --- \|/);
});

test.each<[string, readonly string[], RegExp]>([
  ['neither input nor data', ['--method', 'gradient'], /--input: one of --input and --data is needed/],
  ['no method', [...input], /--method: the flag is missing; wanted all/],
  ['a method that makes no map', [...input, '--method', 'feature-maps'], /not a method whose maps can be judged/],
  ['a method that does not fit', [...input, '--method', 'cam'], /cam does not work here: .*nothing is averaged/],
  [
    'a setting without its method',
    [...input, '--method', 'rise', '--set', 'masks=5'],
    /--set.*wanted METHOD.key=value/,
  ],
  ['a class that is not there', [...input, '--method', 'gradient', '--target', '3'], /--target.*from 0 to 2/],
  ['pictures of another size', ['--data', 'shapes', '--method', 'gradient'], /--data: tiny takes pictures of another/],
])('refuses %s', async (_, flags, message) => {
  const { code, stderr } = await runMain(['check', ...model, ...flags]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
