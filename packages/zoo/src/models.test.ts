import { statSync } from 'node:fs';
import { initializeParameters, Trainer, type GpuDevice } from '@convscope/gpu-engine';
import { valueOf } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { architectureNamed } from './architecture.ts';
import { digits } from './data/digits.ts';
import { shapes } from './data/shapes.ts';
import { DIGIT_SEEDS, SHAPE_SEEDS, sampleDigits } from './data/training-sets.ts';
import { loadModel as loadModelWith, modelAddress, modelNames } from './models.ts';
import { loadModel } from './node.ts';
import { parseRecipe, recipeNamed } from './recipe.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

test.each([
  ['digits', 'digits-net', { channels: 1, height: 28, width: 28 }, () => digits(DIGIT_SEEDS.test, 1000)],
  ['shapes', 'shapes-net', { channels: 3, height: 64, width: 64 }, () => shapes(SHAPE_SEEDS.test, 500)],
] as const)('%s reads at least 98 % of drawings that no training saw', async (name, architecture, picture, draw) => {
  const model = await loadModel(name);
  const sizes = { batch: 50, ...picture, classes: 10 };
  const trainer = await Trainer.create(device, {
    training: architectureNamed(architecture).build({ ...sizes, mode: 'training' }),
    inference: model.graph,
    optimizer: { kind: 'sgd' },
    seed: 0,
    parameters: model.parameters,
  });
  const { accuracy } = await trainer.evaluate(draw());
  trainer.dispose();
  expect(accuracy).toBeGreaterThanOrEqual(0.98);
});

test('every model is there, under 1 MB, with its recipe and what it takes to use it', async () => {
  for (const name of modelNames) {
    expect(statSync(modelAddress(name)).size).toBeLessThan(1e6);
    const model = await loadModel(name);
    expect(parseRecipe(JSON.parse(model.notes.get('recipe') ?? ''))).toEqual(recipeNamed(name));
    expect([...model.parameters.keys()].sort()).toEqual([...initializeParameters(model.graph, 1).keys()].sort());
    expect(model.labels.length).toBe(10);
    const [, channels, height, width] = valueOf(model.graph, model.input).shape;
    expect(model.preprocessing).toMatchObject({ channels, height, width, scale: 1 / 255 });
  }
});

test('unknown names are refused with those that exist', async () => {
  await expect(loadModel('constructor')).rejects.toThrow(/no model.*got "constructor"; wanted digits/);
  await expect(loadModelWith('digits', async () => new Uint8Array(3))).rejects.toMatchObject({ code: 'invalid-file' });
});

test('samples are one of each digit in ten', () => {
  const { labels, images } = sampleDigits(10);
  expect([...labels.data].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(images.shape).toEqual([10, 1, 28, 28]);
});
