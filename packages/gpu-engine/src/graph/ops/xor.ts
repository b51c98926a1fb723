import { defineLogic } from '../shared/comparison.ts';

/** y = 1 where one of a and b is 0, the other is not, else 0; int32, with numpy's broadcasting. */
export const xor = defineLogic('xor');
