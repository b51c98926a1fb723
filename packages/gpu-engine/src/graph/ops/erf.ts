import { defineUnary } from '../shared/unary.ts';

/** y = erf(x) = 2 / sqrt(pi) * integral of exp(-t^2) from 0 to x, within 2e-7. */
export const erf = defineUnary('erf', {});
