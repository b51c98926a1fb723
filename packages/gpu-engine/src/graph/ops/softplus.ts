import { defineUnary } from '../shared/unary.ts';

/** y = log(1 + exp(x)). */
export const softplus = defineUnary('softplus', {});
