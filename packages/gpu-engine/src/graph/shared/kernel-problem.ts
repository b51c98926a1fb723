import type { ConvolutionGeometry } from './convolution/geometry.ts';

/** Sizes of c [rows, columns] = a [rows, inner] * b [inner, columns], and which factors lie transposed in memory. */
export interface ProductSizes {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export type ConvolutionPass = 'forward' | 'input gradient' | 'weight gradient';

/** A piece of work with concrete sizes that several kernels can do. */
export type KernelProblem =
  | { readonly kind: 'convolution'; readonly pass: ConvolutionPass; readonly geometry: ConvolutionGeometry }
  | { readonly kind: 'product'; readonly sizes: ProductSizes };

/**
 * A problem as text: equal problems have equal keys, and stored choices are found by them. For example
 * `convolution forward 100x1x28x28 by 32x1x5x5 to 28x28 strides 1,1 pads 2,2,2,2 dilations 1,1 groups 1`, or
 * `product 100x10 inner 1024 transposed b`.
 */
export function problemKey(problem: KernelProblem): string {
  if (problem.kind === 'product') {
    const { rows, columns, inner, transposeA, transposeB } = problem.sizes;
    return `product ${rows}x${columns} inner ${inner}${transposeA ? ' transposed a' : ''}${transposeB ? ' transposed b' : ''}`;
  }
  const { pass, geometry: g } = problem;
  const x = [g.batch, g.inputChannels, ...g.inputSize].join('x');
  const w = [g.outputChannels, g.inputChannels / g.groups, ...g.kernelSize].join('x');
  const window = `strides ${g.strides.join()} pads ${g.pads.join()} dilations ${g.dilations.join()} groups ${g.groups}`;
  return `convolution ${pass} ${x} by ${w} to ${g.outputSize.join('x')} ${window}`;
}
