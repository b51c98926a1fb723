import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import {
  batchNormAttributes,
  batchNormGradientInputs,
  batchNormSizes,
  emitChannelGradients,
  inferBatchNormGradient,
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
    context.emit({
      kernel: 'batch-norm/inferenceGradient',
      uniforms: batchNormSizes(input, context.attributes.epsilon),
      bindings: { variance, scale, cotangent, output },
      threads: input.elements,
      operations: 3 * input.elements,
    });
  },
});
