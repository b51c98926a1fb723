import { defineUnary } from '../shared/unary.ts';

/** y = acosh(x) for x from 1 on; NaN elsewhere. */
export const acosh = defineUnary('acosh', {});
