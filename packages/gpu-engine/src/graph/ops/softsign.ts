import { defineUnary } from '../shared/unary.ts';

/** y = x / (1 + |x|). */
export const softsign = defineUnary('softsign', {});
