import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { batchNormSizes, epsilonAttribute, fitsChannels, planeRuns } from '../shared/normalization.ts';

/**
 * Batch normalization with given statistics: y = (x - mean) / sqrt(variance + epsilon) * scale + shift, per channel.
 * Differentiable in x, scale and shift; mean and variance count as constants.
 */
export const batchNormInference = defineOp({
  name: 'batchNormInference',
  inputs: ['x', 'scale', 'shift', 'mean', 'variance'],
  outputs: [''],
  attributes: { epsilon: epsilonAttribute },
  infer: ({ inputs: [x, ...others], fail }) =>
    fitsChannels(x, others)
      ? [{ dtype: 'float32', shape: x.shape }]
      : fail('the statistics do not fit', 'x [N, C, …] and four times [C]'),
  gradient: ({ node, attributes, cotangents, nodes }) => {
    const [x, scale, , mean, variance] = node.inputs as [string, string, string, string, string];
    const given = [cotangents[0] as string, x, scale, mean, variance];
    return [...nodes('batchNormInferenceGradient', given, attributes), undefined, undefined];
  },
  lower: (context) =>
    overBatch(
      context,
      ({ inputs, outputs, attributes, emit, adapterClass }) => {
        const [input, scale, shift, mean, variance] = inputs as [Operand, Operand, Operand, Operand, Operand];
        const output = outputs[0] as Operand;
        const uniforms = batchNormSizes(input, attributes.epsilon, adapterClass);
        emit({
          kernel: 'batch-norm/normalize',
          uniforms,
          bindings: { input, mean, variance, scale, shift, output },
          threads: planeRuns(uniforms),
          operations: 5 * output.elements,
        });
      },
      [1, 2, 3, 4],
    ),
});
