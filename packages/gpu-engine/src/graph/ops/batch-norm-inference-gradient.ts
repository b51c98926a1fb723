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

/** The cotangents of x, scale and shift of `batchNormInference`, from y's cotangent g. */
export const batchNormInferenceGradient = defineOp({
  name: 'batchNormInferenceGradient',
  inputs: batchNormGradientInputs,
  outputs: ['', 'scale', 'shift'],
  attributes: batchNormAttributes,
  infer: inferBatchNormGradient,
  lower: (context) => {
    emitChannelGradients(context);
    const [cotangent, input, scale, , variance] = context.inputs as [Operand, Operand, Operand, Operand, Operand];
    const output = context.outputs[0] as Operand;
    const uniforms = batchNormSizes(input, context.attributes.epsilon, context.adapterClass);
    context.emit({
      kernel: 'batch-norm/inferenceGradient',
      uniforms,
      bindings: { variance, scale, cotangent, output },
      threads: planeRuns(uniforms),
      operations: 3 * input.elements,
    });
  },
});
