import { defineOp } from '../op.ts';
import { inferRows, lowerRowsGradient, softmaxAttributes } from '../shared/softmax-rows.ts';

/** The cotangent of the input of logSoftmax: g - exp(y) * sum of g, from g and the result y. */
export const logSoftmaxGradient = defineOp({
  name: 'logSoftmaxGradient',
  inputs: ['g', 'y'],
  outputs: [''],
  attributes: softmaxAttributes,
  infer: inferRows,
  lower: (context) => lowerRowsGradient(context, 'logSoftmaxGradient'),
});
