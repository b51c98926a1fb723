import { number } from '../attributes.ts';
import { defineUnary } from '../shared/unary.ts';

/** y = alpha * x + beta, held within 0..1 (ONNX HardSigmoid). The slope at the bounds is 0. */
export const hardSigmoid = defineUnary(
  'hardSigmoid',
  { alpha: number({}, 0.2), beta: number({}, 0.5) },
  { call: ({ alpha, beta }) => ({ function: 'hardSigmoid', alpha, beta }) },
);
