import { defineUnary } from '../shared/unary.ts';

/** y = asinh(x). */
export const asinh = defineUnary('asinh', {});
