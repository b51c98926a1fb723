import { number } from '../attributes.ts';
import { defineUnary } from '../shared/unary.ts';

/** y = x where x > alpha, else 0 (ONNX ThresholdedRelu). */
export const thresholdedRelu = defineUnary(
  'thresholdedRelu',
  { alpha: number({}, 1) },
  { call: ({ alpha }) => ({ function: 'thresholdedRelu', alpha }) },
);
