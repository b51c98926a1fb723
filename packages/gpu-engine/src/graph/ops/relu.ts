import { defineOp } from '../op.ts';
import { inferSame, lowerUnary } from '../shared/unary.ts';

/** y = max(x, 0). The gradient at 0 is 0. */
export const relu = defineOp({
  name: 'relu',
  inputs: ['x'],
  outputs: [''],
  attributes: {},
  infer: inferSame,
  gradient: ({ node, cotangents, op }) => [op('reluGradient', [cotangents[0] as string, node.inputs[0] as string])],
  lower: (context) => lowerUnary(context, { function: 'relu' }),
});
