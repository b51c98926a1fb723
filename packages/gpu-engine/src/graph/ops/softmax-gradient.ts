import { defineOp } from '../op.ts';
import { inferRows, lowerRowsGradient, softmaxAttributes } from '../shared/softmax-rows.ts';

/** The cotangent of the input of softmax: y * (g - sum of g * y), from g and the result y. */
export const softmaxGradient = defineOp({
  name: 'softmaxGradient',
  inputs: ['g', 'y'],
  outputs: [''],
  attributes: softmaxAttributes,
  infer: inferRows,
  lower: (context) => lowerRowsGradient(context, 'softmaxGradient'),
});
