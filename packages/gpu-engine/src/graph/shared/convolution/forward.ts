import type { Operand } from '../../lowering.ts';
import { emitChosen, type KernelContext, type KernelPass, type TableRow } from '../kernel-choice.ts';
import { depthwiseStrips } from './depthwise-strips.ts';
import { depthwise, pixels, pointwise, rows } from './forward-register.ts';
import { forwardGathers } from './gather-table.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { convolutionOperations, convolutionSizes, groupChannels } from './sizes.ts';

export interface ForwardOperands {
  readonly input: Operand;
  readonly weight: Operand;
  readonly output: Operand;
  /**
   * Set where the work is the input gradient of a stride-1 convolution: the geometry is then the transposed one, the
   * weights have their channels exchanged, [input channels, output channels / groups, KH, KW], and taps count from the end.
   */
  readonly isTransposed: boolean;
}

type Row = TableRow<ConvolutionGeometry, ForwardOperands>;

/** Kernels without workgroup memory. */
export const forwardRegister = [depthwiseStrips, depthwise, pointwise, rows, pixels];

export const registerRows: readonly Row[] = [
  { take: depthwiseStrips },
  { take: depthwise, when: (g) => groupChannels(g).outputs === 1 },
  { take: pointwise },
  { take: rows, when: (g) => g.kernelSize.some((size) => size > 1) },
  { take: pixels },
];

export const forwardPass: KernelPass<ConvolutionGeometry, ForwardOperands> = {
  problem: (geometry) => ({ kind: 'convolution', pass: 'forward', geometry }),
  candidates: [...forwardRegister, ...forwardGathers.candidates],
  table: { software: registerRows, gpu: forwardGathers.table },
  naive: ({ emit }, g, { input, weight, output }) => {
    emit({
      kernel: 'conv2d-naive/forward',
      uniforms: convolutionSizes(g),
      bindings: { input, weight, output },
      threads: output.elements,
      operations: convolutionOperations(g),
    });
  },
};

/** y = convolution of x by w. */
export function emitForward(context: KernelContext, g: ConvolutionGeometry, x: Operand, w: Operand, y: Operand): void {
  emitChosen(forwardPass, context, g, { input: x, weight: w, output: y, isTransposed: false });
}
