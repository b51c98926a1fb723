import { defineUnary } from '../shared/unary.ts';

/** y = cos(x), x in radians. */
export const cos = defineUnary('cos', {});
