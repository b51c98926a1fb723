import { defineOp } from '../op.ts';
import { inferReduction, lowerSum, reductionAttributes, spreadOver } from '../shared/reduction.ts';

/** Sum over the axes (all where none is named). */
export const reduceSum = defineOp({
  name: 'reduceSum',
  inputs: ['x'],
  outputs: [''],
  attributes: reductionAttributes,
  infer: (context) => [inferReduction(context)],
  gradient: (context) => {
    const { node, attributes, cotangents } = context;
    return [spreadOver(context, cotangents[0] as string, node.inputs[0] as string, attributes.axes)];
  },
  lower: (context) => lowerSum(context),
});
