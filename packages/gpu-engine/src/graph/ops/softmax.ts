import { defineOp } from '../op.ts';
import { inferRows, lowerRows, softmaxAttributes } from '../shared/softmax-rows.ts';

/** y = exp(x) / sum of exp(x) along `axis`. */
export const softmax = defineOp({
  name: 'softmax',
  inputs: ['x'],
  outputs: [''],
  attributes: softmaxAttributes,
  infer: inferRows,
  gradient: ({ node, attributes, cotangents, op }) => [
    op('softmaxGradient', [cotangents[0] as string, node.outputs[0] as string], attributes),
  ],
  lower: (context) => lowerRows(context, 'softmax'),
});
