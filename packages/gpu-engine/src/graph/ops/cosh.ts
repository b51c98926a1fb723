import { defineUnary } from '../shared/unary.ts';

/** y = cosh(x). */
export const cosh = defineUnary('cosh', {});
