import { defineOp } from '../op.ts';
import { inferReduction, lowerLogSumExp, reductionAttributes, spreadOver } from '../shared/reduction.ts';

/** Logarithm of the sum of exp(x) over the axes (all where none is named), without overflow. */
export const reduceLogSumExp = defineOp({
  name: 'reduceLogSumExp',
  inputs: ['x'],
  outputs: [''],
  attributes: reductionAttributes,
  infer: (context) => [inferReduction(context)],
  gradient: (context) => {
    const { node, attributes, cotangents, op } = context;
    const x = node.inputs[0] as string;
    const y = node.outputs[0] as string;
    const g = spreadOver(context, cotangents[0] as string, x, attributes.axes);
    const share = op('exp', [op('subtract', [x, spreadOver(context, y, x, attributes.axes)])]);
    return [op('multiply', [g, share])];
  },
  lower: lowerLogSumExp,
});
