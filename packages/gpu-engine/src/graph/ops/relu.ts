import { defineOp } from '../op.ts';
import { inferSame, lowerUnary } from '../shared/unary.ts';

/** y = max(x, 0). The gradient at 0 is 0. It asks y, which is over 0 where x is, so that x need not be kept. */
export const relu = defineOp({
  name: 'relu',
  inputs: ['x'],
  outputs: [''],
  attributes: {},
  infer: inferSame,
  gradient: ({ node, cotangents, op }) => [op('reluGradient', [cotangents[0] as string, node.outputs[0] as string])],
  lower: (context) => lowerUnary(context, { function: 'relu' }),
});
