import { defineUnary } from '../shared/unary.ts';

/** y = asin(x) for x in -1..1; NaN elsewhere. */
export const asin = defineUnary('asin', {});
