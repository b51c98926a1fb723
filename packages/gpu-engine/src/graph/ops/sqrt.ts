import { defineUnary } from '../shared/unary.ts';

/** y = sqrt(x). */
export const sqrt = defineUnary('sqrt', {});
