import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { batchNormSizes, epsilonAttribute, fitsChannels } from '../shared/normalization.ts';

/** The cotangents of x, scale and shift of `batchNorm`, from y's cotangent g, x, scale and the batch's statistics. */
export const batchNormGradient = defineOp({
  name: 'batchNormGradient',
  inputs: ['g', 'x', 'scale', 'mean', 'variance'],
  outputs: ['', 'scale', 'shift'],
  attributes: { epsilon: epsilonAttribute },
  infer: ({ inputs: [, x, ...others], fail }) => {
    if (!fitsChannels(x, others)) return fail('the statistics do not fit', 'x [N, C, …] and three times [C]');
    const perChannel = { dtype: 'float32', shape: x.shape.slice(1, 2) } as const;
    return [{ dtype: 'float32', shape: x.shape }, perChannel, perChannel];
  },
  lower: ({ inputs, outputs, attributes, emit, scratch }) => {
    const [cotangent, input, scale, mean, variance] = inputs as [Operand, Operand, Operand, Operand, Operand];
    const [output, scaleGradient, shiftGradient] = outputs as [Operand, Operand, Operand];
    const uniforms = batchNormSizes(input, attributes.epsilon);
    const { channels, splits } = uniforms;
    const partials = scratch('partials', [channels, splits, 2]);
    emit({
      kernel: 'batch-norm/partialGradients',
      uniforms,
      bindings: { input, mean, variance, cotangent, output: partials },
      threads: channels * splits,
      operations: 6 * input.elements,
    });
    emit({
      kernel: 'batch-norm/combineGradients',
      uniforms,
      bindings: { partials, scaleGradient, shiftGradient },
      threads: channels,
      operations: 2 * channels * splits,
    });
    emit({
      kernel: 'batch-norm/inputGradient',
      uniforms,
      bindings: {
        input,
        mean,
        variance,
        scale,
        cotangent,
        scaleSums: scaleGradient,
        shiftSums: shiftGradient,
        output,
      },
      threads: input.elements,
      operations: 8 * input.elements,
    });
  },
});
