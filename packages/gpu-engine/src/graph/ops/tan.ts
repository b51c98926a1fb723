import { defineUnary } from '../shared/unary.ts';

/** y = tan(x), x in radians. */
export const tan = defineUnary('tan', {});
