import { number } from '../attributes.ts';
import { defineUnary } from '../shared/unary.ts';

const LARGEST = 3.4028234663852886e38;

/**
 * y = min(max(x, min), max) (ONNX Clip): `max` counts where the bounds cross. The gradient passes where min < x < max
 * and is 0 at the bounds, as in PyTorch's ReLU6; y lies between them where x does.
 */
export const clip = defineUnary(
  'clip',
  { min: number({}, -LARGEST), max: number({}, LARGEST) },
  { call: ({ min, max }) => ({ function: 'clip', alpha: min, beta: max }), slopeOf: 'output' },
);
