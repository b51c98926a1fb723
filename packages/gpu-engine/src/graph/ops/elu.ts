import { number } from '../attributes.ts';
import { defineUnary } from '../shared/unary.ts';

/** y = x where x > 0, else alpha * (exp(x) - 1) (ONNX Elu; Clevert et al. 2016). */
export const elu = defineUnary('elu', { alpha: number({}, 1) }, { call: ({ alpha }) => ({ function: 'elu', alpha }) });
