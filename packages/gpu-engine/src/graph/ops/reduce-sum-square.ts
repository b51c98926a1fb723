import { defineOp } from '../op.ts';
import { inferReduction, lowerSum, reductionAttributes, spreadOver } from '../shared/reduction.ts';

/** Sum of x^2 over the axes (all where none is named). */
export const reduceSumSquare = defineOp({
  name: 'reduceSumSquare',
  inputs: ['x'],
  outputs: [''],
  attributes: reductionAttributes,
  infer: (context) => [inferReduction(context)],
  gradient: (context) => {
    const { node, attributes, cotangents, op } = context;
    const x = node.inputs[0] as string;
    const g = spreadOver(context, cotangents[0] as string, x, attributes.axes);
    return [op('scale', [op('multiply', [g, x])], { factor: 2 })];
  },
  lower: (context) => lowerSum(context, { term: 'square' }),
});
