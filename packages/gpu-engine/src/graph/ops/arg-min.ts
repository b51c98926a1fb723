import { defineArgument } from '../shared/argument.ts';

/** The index (int32) along `axis` of the minimum: the first one, or with `selectLast` the last (ONNX ArgMin). */
export const argMin = defineArgument('argMin', 'smallest');
