import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { emitExtremum, extremumGradient, inferExtremum, reductionAttributes } from '../shared/reduction.ts';

/**
 * Minimum over the axes (all where none is named); Infinity over nothing. `positions` holds the index of the first
 * minimum within the reduced axes, row-major; the gradient flows there alone.
 */
export const reduceMin = defineOp({
  name: 'reduceMin',
  inputs: ['x'],
  outputs: ['', 'positions'],
  attributes: reductionAttributes,
  infer: inferExtremum,
  gradient: extremumGradient,
  lower: ({ inputs, outputs, attributes, emit }) => {
    const operands = [...inputs, ...outputs] as [Operand, Operand, Operand];
    emitExtremum(emit, operands, attributes.axes, { of: 'smallest' });
  },
});
