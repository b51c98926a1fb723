import { defineUnary } from '../shared/unary.ts';

/** y = acos(x) for x in -1..1; NaN elsewhere. */
export const acos = defineUnary('acos', {});
