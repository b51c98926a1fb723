import type { KernelSignatures } from '../../../kernels/kernels.gen.ts';
import type { Operand } from '../../lowering.ts';
import type { Candidate, KernelContext } from '../kernel-choice.ts';
import { splitSum } from '../split-sum.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { convolutionOperations, convolutionSizes, groupChannels, tapsOfGroup } from './sizes.ts';
import type { WeightGradientOperands } from './weight-gradient.ts';

/** Threads that keep an adapter busy. The sums are split among as many, so the number also decides the bits. */
const WANTED_THREADS = { software: 8192, gpu: 65536 } as const;

/**
 * One thread a weight and run of rows of pixels: for depthwise convolutions, and where tiles would be mostly empty. The
 * runs' partial results are then added in order.
 */
export const singleTap: Candidate<ConvolutionGeometry, WeightGradientOperands> = {
  name: 'single-tap',
  applies: () => true,
  mayWin: (g) => {
    const { outputs } = groupChannels(g);
    return outputs === 1 || outputs * tapsOfGroup(g) <= 128;
  },
  emit: (context, g, { input, outputCotangent, weightCotangent: w }) => {
    const rowCount = g.batch * (g.outputSize[0] as number);
    const { splits, perSplit } = splitSum({
      length: rowCount,
      wanted: Math.ceil(WANTED_THREADS[context.adapterClass] / w.elements),
      most: rowCount,
      elements: w.elements,
    });
    const partials = splits === 1 ? w : context.scratch('partials', [splits, w.elements]);
    const uniforms = { ...convolutionSizes(g), splits, rowsPerSplit: perSplit };
    context.emit({
      kernel: 'conv2d-weight-gradient/singleTap',
      uniforms,
      bindings: { input, outputCotangent, partials },
      threads: w.elements * splits,
      operations: convolutionOperations(g),
    });
    if (splits > 1) emitPartialSums(context, uniforms, partials, w);
  },
};

type SplitUniforms = KernelSignatures['conv2d-weight-gradient/reducePartials']['uniforms'];

/** w = the sum of the partial results, in their order. */
export function emitPartialSums(
  { emit }: Pick<KernelContext, 'emit'>,
  uniforms: SplitUniforms,
  partialSums: Operand,
  w: Operand,
): void {
  emit({
    kernel: 'conv2d-weight-gradient/reducePartials',
    uniforms,
    bindings: { partialSums, weightCotangent: w },
    threads: w.elements,
    operations: uniforms.splits * w.elements,
  });
}
