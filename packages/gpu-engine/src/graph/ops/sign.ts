import { defineUnary } from '../shared/unary.ts';

/** y = -1, 0 or 1. No gradient flows: it is flat. */
export const sign = defineUnary('sign', {}, { flat: true });
