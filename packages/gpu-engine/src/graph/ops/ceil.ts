import { defineUnary } from '../shared/unary.ts';

/** y = the smallest integer that is not below x. No gradient flows: it is flat. */
export const ceil = defineUnary('ceil', {}, { flat: true });
