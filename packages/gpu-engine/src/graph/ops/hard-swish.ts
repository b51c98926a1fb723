import { defineUnary } from '../shared/unary.ts';

/** y = x * (x / 6 + 0.5 held within 0..1) (ONNX HardSwish; Howard et al. 2019). */
export const hardSwish = defineUnary('hardSwish', {});
