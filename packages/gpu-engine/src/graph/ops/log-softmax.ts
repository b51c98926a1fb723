import { defineOp } from '../op.ts';
import { inferRows, lowerRows, softmaxAttributes } from '../shared/softmax-rows.ts';

/** y = x - log(sum of exp(x)) along `axis`. */
export const logSoftmax = defineOp({
  name: 'logSoftmax',
  inputs: ['x'],
  outputs: [''],
  attributes: softmaxAttributes,
  infer: inferRows,
  gradient: ({ node, attributes, cotangents, op }) => [
    op('logSoftmaxGradient', [cotangents[0] as string, node.outputs[0] as string], attributes),
  ],
  lower: (context) => lowerRows(context, 'logSoftmax'),
});
