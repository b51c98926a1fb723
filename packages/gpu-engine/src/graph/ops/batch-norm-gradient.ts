import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import {
  batchNormAttributes,
  batchNormGradientInputs,
  batchNormSizes,
  emitChannelGradients,
  inferBatchNormGradient,
  planeRuns,
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
    const uniforms = batchNormSizes(input, context.attributes.epsilon, context.adapterClass);
    context.emit({
      kernel: 'batch-norm/inputGradient',
      uniforms,
      bindings: { input, mean, variance, scale, cotangent, scaleSums, shiftSums, output },
      threads: planeRuns(uniforms),
      operations: 8 * input.elements,
    });
  },
});
