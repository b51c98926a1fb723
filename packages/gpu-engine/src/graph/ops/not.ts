import { defineOp } from '../op.ts';
import { inferTruth, lowerConversion } from '../shared/conversion.ts';

/** y = 1 where x is 0, else 0; int32. */
export const not = defineOp({
  name: 'not',
  inputs: ['x'],
  outputs: [''],
  integerInputs: [0],
  attributes: {},
  infer: inferTruth,
  lower: (context) => lowerConversion(context, 'not'),
});
