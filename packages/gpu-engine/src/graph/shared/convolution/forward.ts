import type { Operand } from '../../lowering.ts';
import { emitChosen, keepsLoops, type KernelContext, type KernelPass, type TableRow } from '../kernel-choice.ts';
import { depthwise } from './depthwise.ts';
import { depthwiseStrips } from './depthwise-strips.ts';
import { forwardGathers } from './gather-table.ts';
import { hasPixels, planeProducts } from './gathers-tiled.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { hasPlanes, pointwise } from './pointwise.ts';
import { convolutionOperations, convolutionSizes, groupChannels, hasSomeChannels, pixelCount } from './sizes.ts';
import { windows } from './windows.ts';
import { winograd } from './winograd.ts';

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

/** Pixels of a batch from which Winograd's filtering pays where loops are kept. */
const FEWEST_PIXELS = 128;

/** Kernels without workgroup memory. */
export const forwardRegister = [depthwiseStrips, depthwise, pointwise, winograd, windows];

/** What software adapters take. */
export const registerRows: readonly Row[] = [
  {
    take: depthwise,
    when: (g, context) => keepsLoops(context) && groupChannels(g).outputs === 1 && g.strides[0] !== 1,
  },
  { take: depthwiseStrips },
  { take: depthwise, when: (g) => groupChannels(g).outputs === 1 },
  { take: pointwise, when: hasPlanes },
  {
    take: winograd,
    when: (g, context) => hasSomeChannels(g) && (!keepsLoops(context) || pixelCount(g) >= FEWEST_PIXELS),
  },
  { take: windows },
];

export const forwardPass: KernelPass<ConvolutionGeometry, ForwardOperands> = {
  problem: (geometry) => ({ kind: 'convolution', pass: 'forward', geometry }),
  candidates: [...forwardRegister, ...forwardGathers.candidates],
  table: {
    software: [{ take: forwardGathers.of(planeProducts), when: hasPixels }, ...registerRows],
    gpu: forwardGathers.table,
  },
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
