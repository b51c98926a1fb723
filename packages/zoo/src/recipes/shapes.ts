import type { Recipe } from '../recipe.ts';

/** Ten classes of shapes in colour, ground and shape textured alike. */
export const shapes: Recipe = {
  name: 'shapes',
  architecture: 'shapes-net',
  data: 'shapes',
  trainingCount: 8000,
  validationCount: 1000,
  optimizer: { kind: 'adam' },
  learningRate: 0.004,
  schedule: { kind: 'cosine', final: 0.00002 },
  batch: 50,
  epochs: 8,
  augmentation: { shift: 0.1, rotation: 10, scale: 0.1 },
  seed: 1,
};
