import type { Operand } from '../../lowering.ts';
import { emitCopy } from '../copy.ts';
import { emitChosen, keepsLoops, type KernelContext, type KernelPass, type TableRow } from '../kernel-choice.ts';
import { depthwiseStripsWeights } from './depthwise-strips.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { pointwiseWeights } from './pointwise.ts';
import { emitPartialSums, singleTap } from './single-tap.ts';
import {
  convolutionOperations,
  convolutionSizes,
  groupChannels,
  hasManyChannels,
  hasSomeChannels,
  pixelCount,
  tapsOfGroup,
} from './sizes.ts';
import { tiles32x32, tiles32x64, tiles64x64 } from './weight-gradient-tiled.ts';
import { windowsWeights } from './windows.ts';
import { winogradWeights } from './winograd.ts';

export interface WeightGradientOperands {
  readonly input: Operand;
  readonly outputCotangent: Operand;
  readonly weightCotangent: Operand;
}

type Row = TableRow<ConvolutionGeometry, WeightGradientOperands>;

/** Pixels of a batch from which Winograd's filtering pays where loops are kept. */
const FEWEST_PIXELS = 400;
/** Weights of a group from which a tile of 8x8 is not mostly empty. */
const SMALLEST_TILED = 12;

const singleTapRow: Row = {
  take: singleTap,
  when: (g) => groupChannels(g).outputs === 1 || weightsOfGroup(g) < SMALLEST_TILED,
};

const registerRows: readonly Row[] = [
  { take: pointwiseWeights, when: hasManyChannels },
  { take: singleTap, when: (g, context) => keepsLoops(context) && groupChannels(g).outputs === 1 },
  { take: depthwiseStripsWeights },
  singleTapRow,
  {
    take: winogradWeights,
    when: (g, context) => hasSomeChannels(g) && (!keepsLoops(context) || pixelCount(g) >= FEWEST_PIXELS),
  },
  { take: windowsWeights },
];

/** Which tile is taken is a guess by how full it is: no GPU was at hand. */
const tiledRows: readonly Row[] = [
  { take: depthwiseStripsWeights },
  singleTapRow,
  { take: tiles64x64, when: (g) => groupChannels(g).outputs > 32 && tapsOfGroup(g) > 32 },
  { take: tiles32x64, when: (g) => tapsOfGroup(g) > 32 },
  { take: tiles32x32 },
];

export const weightGradientPass: KernelPass<ConvolutionGeometry, WeightGradientOperands> = {
  problem: (geometry) => ({ kind: 'convolution', pass: 'weight gradient', geometry }),
  candidates: [
    pointwiseWeights,
    depthwiseStripsWeights,
    singleTap,
    winogradWeights,
    windowsWeights,
    tiles64x64,
    tiles32x64,
    tiles32x32,
  ],
  table: { software: registerRows, gpu: tiledRows },
  naive: ({ emit }, g, { input, outputCotangent, weightCotangent }) => {
    emit({
      kernel: 'conv2d-naive/weightGradient',
      uniforms: convolutionSizes(g),
      bindings: { input, outputCotangent, weightCotangent },
      threads: weightCotangent.elements,
      operations: convolutionOperations(g),
    });
  },
};

/** w = the gradient of the weights from x and y, the output's cotangent. */
export function emitWeightGradient(
  context: KernelContext,
  g: ConvolutionGeometry,
  x: Operand,
  y: Operand,
  w: Operand,
): void {
  emitChosen(weightGradientPass, context, g, { input: x, outputCotangent: y, weightCotangent: w });
}

/** w = the sum of gradients that ranges of a batch gave, in their order. */
export function emitSumOfRanges(
  { emit, scratch }: Pick<KernelContext, 'emit' | 'scratch'>,
  g: ConvolutionGeometry,
  ofRanges: readonly Operand[],
  w: Operand,
): void {
  const splits = ofRanges.length;
  const [outputs = 1, ...row] = w.shape;
  const partialSums = scratch('ranges', [splits * outputs, ...row]);
  ofRanges.forEach((range, index) => {
    emitCopy(emit, range, partialSums, { axis: 0, length: outputs, inputStart: 0, outputStart: index * outputs });
  });
  emitPartialSums({ emit }, { ...convolutionSizes(g), splits, rowsPerSplit: 1 }, partialSums, w);
}

function weightsOfGroup(g: ConvolutionGeometry): number {
  return groupChannels(g).outputs * tapsOfGroup(g);
}
