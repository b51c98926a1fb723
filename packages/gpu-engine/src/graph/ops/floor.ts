import { defineUnary } from '../shared/unary.ts';

/** y = the largest integer that is not above x. No gradient flows: it is flat. */
export const floor = defineUnary('floor', {}, { flat: true });
