import { defineLogic } from '../shared/comparison.ts';

/** y = 1 where a or b is not 0, else 0; int32, with numpy's broadcasting. */
export const or = defineLogic('or');
