import { defineUnary } from '../shared/unary.ts';

/** y = x * tanh(log(1 + exp(x))) (ONNX Mish; Misra 2020). */
export const mish = defineUnary('mish', {});
