import { defineUnary } from '../shared/unary.ts';

/** y = atanh(x) for x between -1 and 1. */
export const atanh = defineUnary('atanh', {});
