import { number } from '../attributes.ts';
import { defineUnary } from '../shared/unary.ts';

/** y = gamma * elu(x, alpha) (ONNX Selu; Klambauer et al. 2017). */
export const selu = defineUnary(
  'selu',
  { alpha: number({}, 1.6732632423543772), gamma: number({}, 1.0507009873554805) },
  { call: ({ alpha, gamma }) => ({ function: 'selu', alpha, beta: gamma }) },
);
