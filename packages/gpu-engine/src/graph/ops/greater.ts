import { defineComparison } from '../shared/comparison.ts';

/** y = 1 where a > b, else 0 (int32), with numpy's broadcasting; a NaN compares as false. */
export const greater = defineComparison('greater');
