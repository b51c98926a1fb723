import { number } from '../attributes.ts';
import { defineUnary } from '../shared/unary.ts';

/** y = x where x > 0, else alpha * x (ONNX LeakyRelu). The slope at 0 is alpha. */
export const leakyRelu = defineUnary(
  'leakyRelu',
  { alpha: number({}, 0.01) },
  { call: ({ alpha }) => ({ function: 'leakyRelu', alpha }) },
);
