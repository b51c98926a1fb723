import { number } from '../attributes.ts';
import { defineUnary } from '../shared/unary.ts';

/** y = x * sigmoid(alpha * x) (ONNX Swish; SiLU with alpha = 1, Elfwing et al. 2018). */
export const silu = defineUnary(
  'silu',
  { alpha: number({}, 1) },
  { call: ({ alpha }) => ({ function: 'silu', alpha }) },
);
