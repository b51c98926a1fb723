import { defineOp } from '../op.ts';
import { inferTruth, lowerConversion } from '../shared/conversion.ts';

/** y = 1 where x is NaN, else 0 (int32). */
export const isNan = defineOp({
  name: 'isNan',
  inputs: ['x'],
  outputs: [''],
  attributes: {},
  infer: inferTruth,
  lower: (context) => lowerConversion(context, 'isNan'),
});
