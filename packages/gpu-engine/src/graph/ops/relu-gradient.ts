import { defineOp } from '../op.ts';
import { sameShape } from '../shared/axes.ts';
import { lowerBinary } from '../shared/elementwise.ts';
import { inferSame } from '../shared/unary.ts';

/** y = g where x > 0, else 0; g and x of one shape. No gradient flows to x: the mask is flat. */
export const reluGradient = defineOp({
  name: 'reluGradient',
  inputs: ['g', 'x'],
  outputs: [''],
  attributes: {},
  infer: (context) => {
    const [g, x] = context.inputs;
    return sameShape(g?.shape ?? [], x?.shape ?? []) ? inferSame(context) : context.fail('shapes differ', 'one shape');
  },
  gradient: ({ node, cotangents, op }) => [
    op('reluGradient', [cotangents[0] as string, node.inputs[1] as string]),
    undefined,
  ],
  lower: (context) => lowerBinary(context, 'gate'),
});
