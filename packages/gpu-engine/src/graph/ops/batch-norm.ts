import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { batchNormSizes, epsilonAttribute, fitsChannels, planeRuns } from '../shared/normalization.ts';

/**
 * Batch normalization in training (Ioffe & Szegedy, 1502.03167): x [N, C, …], scale and shift [C]. Also gives the
 * batch's mean and biased variance [C], from which running statistics are updated; no gradient flows through them.
 */
export const batchNorm = defineOp({
  name: 'batchNorm',
  inputs: ['x', 'scale', 'shift'],
  outputs: ['', 'mean', 'variance'],
  attributes: { epsilon: epsilonAttribute },
  infer: ({ inputs: [x, scale, shift], fail }) => {
    if (!fitsChannels(x, [scale, shift])) return fail('scale and shift do not fit', 'x [N, C, …], [C] and [C]');
    const perChannel = { dtype: 'float32', shape: x.shape.slice(1, 2) } as const;
    return [{ dtype: 'float32', shape: x.shape }, perChannel, perChannel];
  },
  gradient: ({ node, attributes, cotangents, nodes }) => {
    const [x, scale] = node.inputs as [string, string];
    const [, mean, variance] = node.outputs as [string, string, string];
    if (cotangents[0] === undefined) return [];
    return nodes('batchNormGradient', [cotangents[0], x, scale, mean, variance], attributes);
  },
  lower: ({ inputs, outputs, attributes, emit, scratch, adapterClass }) => {
    const [input, scale, shift] = inputs as [Operand, Operand, Operand];
    const [output, mean, variance] = outputs as [Operand, Operand, Operand];
    const uniforms = batchNormSizes(input, attributes.epsilon, adapterClass);
    const { channels, splits } = uniforms;
    const partials = scratch('partials', [channels, splits]);
    const common = { uniforms, operations: 2 * input.elements };
    const perSplit = { ...common, threads: channels * splits };
    const perChannel = { uniforms, threads: channels, operations: channels * splits };
    emit({ ...perSplit, kernel: 'batch-norm/partialSums', bindings: { input, output: partials } });
    emit({ ...perChannel, kernel: 'batch-norm/combine', bindings: { partials, output: mean } });
    emit({ ...perSplit, kernel: 'batch-norm/partialSquares', bindings: { input, mean, output: partials } });
    emit({ ...perChannel, kernel: 'batch-norm/combine', bindings: { partials, output: variance } });
    emit({
      ...common,
      kernel: 'batch-norm/normalize',
      bindings: { input, mean, variance, scale, shift, output },
      threads: planeRuns(uniforms),
    });
  },
});
