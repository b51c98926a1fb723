import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import {
  batchNormAttributes,
  batchNormGradientInputs,
  batchNormSizes,
  emitChannelGradients,
  inferBatchNormGradient,
} from '../shared/normalization.ts';

/** The cotangents of x, scale and shift of `batchNorm`, from y's cotangent g, x, scale and the batch's statistics. */
export const batchNormGradient = defineOp({
  name: 'batchNormGradient',
  inputs: batchNormGradientInputs,
  outputs: ['', 'scale', 'shift'],
  attributes: batchNormAttributes,
  infer: inferBatchNormGradient,
  lower: (context) => {
    emitChannelGradients(context);
    const [cotangent, input, scale, mean, variance] = context.inputs as [Operand, Operand, Operand, Operand, Operand];
    const [output, scaleSums, shiftSums] = context.outputs as [Operand, Operand, Operand];
    context.emit({
      kernel: 'batch-norm/inputGradient',
      uniforms: batchNormSizes(input, context.attributes.epsilon),
      bindings: { input, mean, variance, scale, cotangent, scaleSums, shiftSums, output },
      threads: input.elements,
      operations: 8 * input.elements,
    });
  },
});
