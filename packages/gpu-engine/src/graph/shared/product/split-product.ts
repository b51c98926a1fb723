import type { KernelSignatures } from '../../../kernels/kernels.gen.ts';
import type { Operand } from '../../lowering.ts';
import type { KernelContext } from '../kernel-choice.ts';
import type { ProductSizes } from '../kernel-problem.ts';
import { productUniforms, type ProductOperands } from './views.ts';

export type SplitUniforms = KernelSignatures['matmul/reducePartials']['uniforms'];

/** Emits what sums runs of the inner dimension, each into its own partial result, and the sum of these. */
export function emitSplitProduct(
  context: KernelContext,
  sizes: ProductSizes,
  operands: ProductOperands,
  { splits, perSplit }: { readonly splits: number; readonly perSplit: number },
  emitRuns: (uniforms: SplitUniforms, c: Operand) => void,
): void {
  const { rows, columns } = sizes;
  const uniforms = { ...productUniforms(sizes, operands), splits, innerPerSplit: perSplit };
  if (splits === 1) {
    emitRuns(uniforms, operands.c.operand);
    return;
  }
  const partials = context.scratch('partials', [splits, rows, columns]);
  emitRuns({ ...uniforms, accumulate: 0, cOffset: 0, cRowStride: columns, cColumnStride: 1 }, partials);
  emitSumOfPartials(context, uniforms, partials, operands.c.operand);
}

/** c = the sum of the partial results, in their order. */
export function emitSumOfPartials(
  { emit }: Pick<KernelContext, 'emit'>,
  uniforms: SplitUniforms,
  partials: Operand,
  c: Operand,
): void {
  const elements = uniforms.rows * uniforms.columns;
  emit({
    kernel: 'matmul/reducePartials',
    uniforms,
    bindings: { partials, c },
    threads: elements,
    operations: uniforms.splits * elements,
  });
}
