import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { emitExtremum, inferReduction, reductionAttributes } from '../shared/reduction.ts';

/**
 * Minimum over the axes (all where none is named); Infinity over nothing. `positions` holds the index of the first
 * minimum within the reduced axes, row-major; the gradient flows there alone.
 */
export const reduceMin = defineOp({
  name: 'reduceMin',
  inputs: ['x'],
  outputs: ['', 'positions'],
  attributes: reductionAttributes,
  infer: (context) => {
    const output = inferReduction(context);
    return [output, { dtype: 'int32', shape: output.shape }];
  },
  gradient: ({ node, attributes, cotangents, op, value }) => [
    op('reduceMaxGradient', [cotangents[0] as string, node.outputs[1] as string], {
      axes: attributes.axes,
      inputShape: value(node.inputs[0] as string).shape as readonly number[],
    }),
  ],
  lower: ({ inputs, outputs, attributes, emit }) => {
    const operands = [...inputs, ...outputs] as [Operand, Operand, Operand];
    emitExtremum(emit, operands, attributes.axes, { of: 'smallest' });
  },
});
