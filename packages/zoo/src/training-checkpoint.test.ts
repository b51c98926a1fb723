import { readSafetensors, writeSafetensors } from '@convscope/formats';
import type { GpuDevice } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recipeNamed } from './recipe.ts';
import { trainRecipe } from './train.ts';
import { readTrainingCheckpoint, writeTrainingCheckpoint, type TrainingCheckpoint } from './training-checkpoint.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

const quick = { ...recipeNamed('digits'), name: 'quick', trainingCount: 40, validationCount: 10, batch: 10, epochs: 1 };

/** Four steps, or the rest of them, and the checkpoints after two. */
async function train(resume?: TrainingCheckpoint) {
  const files: Uint8Array[] = [];
  const { model } = await trainRecipe(device, quick, undefined, {
    resume,
    checkpoints: { steps: [2] },
    onCheckpoint: (checkpoint) => void files.push(writeTrainingCheckpoint(checkpoint)),
  });
  return { parameters: model.parameters, files };
}

test('a training goes on with the kernels that it began with, and ends with the same bits', async () => {
  const { parameters: usual, files } = await train();
  const { kernels } = readTrainingCheckpoint(files[0] as Uint8Array, 'file').training;
  const slower = new Map([...(kernels ?? [])].map(([key, name]) => [key, name === 'winograd' ? 'windows' : name]));
  expect([...slower.values()]).toContain('windows');
  device.kernelChoices = slower;
  const straight = await train();
  device.kernelChoices = new Map();
  const checkpoint = readTrainingCheckpoint(straight.files[0] as Uint8Array, 'file');
  expect(checkpoint.training.kernels).toEqual(slower);
  const resumed = await train(checkpoint);
  expect(resumed.parameters).toEqual(straight.parameters);
  expect(resumed.parameters).not.toEqual(usual);
  const elsewhere = { ...checkpoint, training: { ...checkpoint.training, adapter: 'another' } };
  expect((await train(elsewhere)).parameters).not.toEqual(straight.parameters);
});

test('kernels that are no pairs of names are refused; a checkpoint may have none', async () => {
  const [file] = (await train()).files;
  const { tensors, metadata } = readSafetensors(file as Uint8Array, 'file');
  const whole = JSON.parse(metadata.get('training') ?? '') as Record<string, unknown>;
  const withKernels = (kernels: unknown): Uint8Array => {
    metadata.set('training', JSON.stringify({ ...whole, kernels }));
    return writeSafetensors(tensors, metadata);
  };
  expect(readTrainingCheckpoint(withKernels(undefined), 'file').training.kernels).toBeUndefined();
  const bad = [
    {},
    [['a']],
    [['a', 1]],
    [['a', 'b', 'c']],
    [['a', 'x'.repeat(1001)]],
    Array.from({ length: 10_001 }, () => ['a', 'b']),
  ];
  for (const kernels of bad) {
    expect(() => readTrainingCheckpoint(withKernels(kernels), 'file')).toThrow(/training.kernels is not usable/);
  }
});
