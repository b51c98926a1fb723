import { defineUnary } from '../shared/unary.ts';

/** y = log(x), the natural logarithm; -Infinity for 0. */
export const log = defineUnary('log', {});
