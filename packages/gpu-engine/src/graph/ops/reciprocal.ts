import { defineUnary } from '../shared/unary.ts';

/** y = 1 / x. */
export const reciprocal = defineUnary('reciprocal', {});
