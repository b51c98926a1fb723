import { defineUnary } from '../shared/unary.ts';

/** y = the nearest integer, the even one where two are as near. No gradient flows: it is flat. */
export const round = defineUnary('round', {}, { flat: true });
