import { defineOp } from '../op.ts';
import { inferReduction, lowerSum, reductionAttributes, spreadOver } from '../shared/reduction.ts';

/** Sum of |x| over the axes (all where none is named). The gradient at 0 is 0. */
export const reduceL1 = defineOp({
  name: 'reduceL1',
  inputs: ['x'],
  outputs: [''],
  attributes: reductionAttributes,
  infer: (context) => [inferReduction(context)],
  gradient: (context) => {
    const { node, attributes, cotangents, op } = context;
    const x = node.inputs[0] as string;
    const g = spreadOver(context, cotangents[0] as string, x, attributes.axes);
    return [op('multiply', [g, op('sign', [x])])];
  },
  lower: (context) => lowerSum(context, { term: 'magnitude' }),
});
