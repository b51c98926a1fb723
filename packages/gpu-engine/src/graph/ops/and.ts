import { defineLogic } from '../shared/comparison.ts';

/** y = 1 where both a and b are not 0, else 0; int32, with numpy's broadcasting. */
export const and = defineLogic('and');
