import type { Recipe } from '../recipe.ts';

/** Adam over all of MNIST, five times, in batches of a hundred. */
export const seedMnist: Recipe = {
  name: 'seed-mnist',
  architecture: 'seed-mnist',
  data: 'files',
  trainingCount: 60_000,
  validationCount: 10_000,
  optimizer: { kind: 'adam' },
  learningRate: 0.001,
  batch: 100,
  epochs: 5,
  seed: 1,
};
