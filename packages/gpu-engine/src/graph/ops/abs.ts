import { defineUnary } from '../shared/unary.ts';

/** y = |x|. The gradient at 0 is 0. */
export const abs = defineUnary('abs', {});
