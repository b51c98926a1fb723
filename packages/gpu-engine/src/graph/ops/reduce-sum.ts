import { defineOp } from '../op.ts';
import { inferReduction, keptShape, lowerSum, reductionAttributes } from '../shared/reduction.ts';

/** Sum over the axes (all where none is named). */
export const reduceSum = defineOp({
  name: 'reduceSum',
  inputs: ['x'],
  outputs: [''],
  attributes: reductionAttributes,
  infer: (context) => [inferReduction(context)],
  gradient: ({ node, attributes, cotangents, op, value }) => {
    const shape = value(node.inputs[0] as string).shape as readonly number[];
    const kept = op('reshape', [cotangents[0] as string], { shape: keptShape(shape, attributes.axes) });
    return [op('expand', [kept], { shape })];
  },
  lower: (context) => lowerSum(context, 'one'),
});
