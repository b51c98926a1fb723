import { defineUnary } from '../shared/unary.ts';

/** y = sinh(x). */
export const sinh = defineUnary('sinh', {});
