import type { Recipe } from '../recipe.ts';

/** Trains the weights that are shipped as the model `digits`. */
export const digits: Recipe = {
  name: 'digits',
  architecture: 'digits-net',
  data: 'digits',
  trainingCount: 6000,
  validationCount: 1000,
  optimizer: { kind: 'adam' },
  learningRate: 0.002,
  finalLearningRate: 0.0001,
  batch: 50,
  epochs: 5,
  seed: 1,
};
