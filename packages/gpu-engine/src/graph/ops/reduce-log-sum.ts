import { defineOp } from '../op.ts';
import { inferReduction, lowerSum, reductionAttributes, spreadOver } from '../shared/reduction.ts';

/** Logarithm of the sum over the axes (all where none is named); -Infinity for 0. */
export const reduceLogSum = defineOp({
  name: 'reduceLogSum',
  inputs: ['x'],
  outputs: [''],
  attributes: reductionAttributes,
  infer: (context) => [inferReduction(context)],
  gradient: (context) => {
    const { node, attributes, cotangents, op } = context;
    const x = node.inputs[0] as string;
    const y = node.outputs[0] as string;
    const quotient = op('divide', [cotangents[0] as string, op('exp', [y])]);
    return [spreadOver(context, quotient, x, attributes.axes)];
  },
  lower: (context) => lowerSum(context, { finish: 'logarithm' }),
});
