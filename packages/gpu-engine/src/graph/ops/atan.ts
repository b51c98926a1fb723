import { defineUnary } from '../shared/unary.ts';

/** y = atan(x). */
export const atan = defineUnary('atan', {});
