import { defineUnary } from '../shared/unary.ts';

/** y = tanh(x). */
export const tanh = defineUnary('tanh', {});
