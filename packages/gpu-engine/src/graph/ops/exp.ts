import { defineUnary } from '../shared/unary.ts';

/** y = exp(x). */
export const exp = defineUnary('exp', {});
