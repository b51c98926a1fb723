import { oneOf } from '../attributes.ts';
import { defineUnary } from '../shared/unary.ts';

/**
 * y = x * Phi(x), Phi the normal distribution function (ONNX Gelu; Hendrycks and Gimpel 2016); with `tanh`, its
 * approximation 0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))).
 */
export const gelu = defineUnary(
  'gelu',
  { approximate: oneOf(['none', 'tanh'], 'none') },
  { call: ({ approximate }) => ({ function: approximate === 'tanh' ? 'geluTanh' : 'gelu' }) },
);
