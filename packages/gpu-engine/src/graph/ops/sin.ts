import { defineUnary } from '../shared/unary.ts';

/** y = sin(x), x in radians. */
export const sin = defineUnary('sin', {});
