import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Random, type GpuDevice, type TrainingReport } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DataSet } from './data/data-set.ts';
import { digits, drawDigit } from './data/digits.ts';
import { DIGIT_SEEDS } from './data/training-sets.ts';
import { readIdxFolder } from './node.ts';
import { recipeNamed } from './recipe.ts';
import { trainRecipe } from './train.ts';

/** Milliseconds; software adapters that other work keeps busy take their time. */
const SLOW = 600_000;

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

/** The recipe's data with only those rows drawn that its first steps use: drawing all of them takes a while. */
function firstBatches(steps: number): DataSet {
  const { seed, batch, trainingCount } = recipeNamed('digits');
  const set = digits(DIGIT_SEEDS.training, 0);
  const images = new Float32Array(trainingCount * 784);
  const labels = new Int32Array(trainingCount);
  for (const row of new Random(seed, 1).permutation(trainingCount).slice(0, steps * batch)) {
    const { pixels, label } = drawDigit(DIGIT_SEEDS.training, row);
    images.set(pixels, row * 784);
    labels[row] = label;
  }
  return {
    ...set,
    images: { dtype: 'float32', shape: [trainingCount, 1, 28, 28], data: images },
    labels: { dtype: 'int32', shape: [trainingCount], data: labels },
  };
}

test(
  'the recipe of the shipped weights begins as their training began',
  async () => {
    const record = JSON.parse(
      readFileSync(new URL('../weights/digits.training.json', import.meta.url), 'utf8'),
    ) as TrainingReport;
    const controller = new AbortController();
    const losses: { step: number; loss: number }[] = [];
    const sets = { training: firstBatches(10), validation: digits(DIGIT_SEEDS.validation, 10) };
    const training = trainRecipe(device, recipeNamed('digits'), sets, {
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.kind === 'step') losses.push({ step: progress.step, loss: progress.loss });
        if (progress.step >= 10) controller.abort();
      },
    });
    await expect(training).rejects.toMatchObject({ code: 'cancelled' });
    expect(losses.map(({ step }) => step)).toEqual([1, 10]);
    losses.forEach(({ step, loss }, index) => {
      expect(record.losses[index]?.step).toBe(step);
      expect(Math.abs(loss - (record.losses[index]?.loss ?? 0))).toBeLessThan(0.01);
    });
  },
  SLOW,
);

test('a recipe for files wants files, and pictures of one kind', async () => {
  await expect(trainRecipe(device, recipeNamed('seed-mnist'))).rejects.toThrow(/seed-mnist needs data from files/);
  const training = digits(1, 60);
  const validation = { ...digits(2, 10), classNames: ['only'] };
  await expect(trainRecipe(device, recipeNamed('digits'), { training, validation })).rejects.toThrow(
    /not of the kind of those for training; got 1x28x28, only/,
  );
});

const mnist = new URL('../../../../shared/data/sets/mnist/', import.meta.url);
const hasMnist = existsSync(mnist);
const reason = hasMnist ? '' : ' (skipped: no ../shared/data beside the repository)';
// eslint-disable-next-line no-console -- a test that does not run must be seen
if (!hasMnist) console.warn('NOT TESTED, no ../shared/data beside the repository: training on MNIST');

test.skipIf(!hasMnist)(
  `3,600 digits of MNIST teach more than 90 %${reason}`,
  async () => {
    const sets = await readIdxFolder(fileURLToPath(mnist));
    expect(sets.training.images.shape).toEqual([60_000, 1, 28, 28]);
    const rates = { learningRate: 0.003, finalLearningRate: 0.0005 };
    const sizes = { batch: 15, trainingCount: 3600, validationCount: 500, epochs: 1 };
    const recipe = { ...recipeNamed('digits'), ...rates, ...sizes };
    const before = device.memory.use;
    const { model, evaluation } = await trainRecipe(device, recipe, sets);
    expect(evaluation.accuracy).toBeGreaterThan(0.9);
    expect(model.notes.get('data')).toBe('mnist');
    await device.idle();
    expect(device.memory.use).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
  },
  SLOW,
);

test('a folder without the files is refused by name', async () => {
  const empty = fileURLToPath(new URL('.', import.meta.url));
  await expect(readIdxFolder(empty)).rejects.toThrow(/train-images-idx3-ubyte is missing/);
});
