import { defineOp } from '../op.ts';
import { inferReduction, lowerSum, reductionAttributes, spreadOver } from '../shared/reduction.ts';

/** Root of the sum of x^2 over the axes (all where none is named). The gradient where all x are 0 is 0. */
export const reduceL2 = defineOp({
  name: 'reduceL2',
  inputs: ['x'],
  outputs: [''],
  attributes: reductionAttributes,
  infer: (context) => [inferReduction(context)],
  gradient: (context) => {
    const { node, attributes, cotangents, op } = context;
    const x = node.inputs[0] as string;
    const y = node.outputs[0] as string;
    // x / y is 0 where y is 0, since x is 0 there.
    const quotient = op('divide', [cotangents[0] as string, op('clip', [y], { min: 1e-30 })]);
    return [op('multiply', [spreadOver(context, quotient, x, attributes.axes), x])];
  },
  lower: (context) => lowerSum(context, { term: 'square', finish: 'root' }),
});
