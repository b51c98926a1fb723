import { defineArgument } from '../shared/argument.ts';

/** The index (int32) along `axis` of the maximum: the first one, or with `selectLast` the last (ONNX ArgMax). */
export const argMax = defineArgument('argMax', 'largest');
