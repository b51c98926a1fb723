import { defineUnary } from '../shared/unary.ts';

/** y = 1 / (1 + exp(-x)). */
export const sigmoid = defineUnary('sigmoid', {});
