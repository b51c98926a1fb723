import { number } from '../attributes.ts';
import { defineUnary } from '../shared/unary.ts';

/** y = max(x, 0) + min(alpha * (exp(x / alpha) - 1), 0) (ONNX Celu; Barron 2017). */
export const celu = defineUnary(
  'celu',
  { alpha: number({ min: 1e-6 }, 1) },
  { call: ({ alpha }) => ({ function: 'celu', alpha }) },
);
