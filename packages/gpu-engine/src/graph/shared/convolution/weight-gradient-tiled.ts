import type { Candidate } from '../kernel-choice.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { splitAmongWorkgroups } from '../split-sum.ts';
import { convolutionOperations, convolutionSizes, groupChannels, tapsOfGroup } from './sizes.ts';
import { emitPartialSums } from './single-tap.ts';
import type { WeightGradientOperands } from './weight-gradient.ts';

// Kernels for GPUs: workgroups read tiles of both factors through their own memory, and share the pixels among them.

type WeightGradientCandidate = Candidate<ConvolutionGeometry, WeightGradientOperands>;

const WORKGROUP = 64;
/** Pixels that a workgroup has in its memory at a time. */
const DEPTH = 16;
/** For gradients that have many tiles of 64x64. */
export const tiles64x64 = tiled(64, 64);
/** For groups of few output channels. */
export const tiles32x64 = tiled(32, 64);
/** For gradients that have few tiles. */
export const tiles32x32 = tiled(32, 32);

function tiled(outputsOfTile: 32 | 64, tapsOfTile: 32 | 64): WeightGradientCandidate {
  return {
    name: `workgroup tiles ${outputsOfTile}x${tapsOfTile}`,
    applies: () => true,
    // Where a tile is mostly empty, others are faster.
    mayWin: (g) => 4 * groupChannels(g).outputs > outputsOfTile && 4 * tapsOfGroup(g) > tapsOfTile,
    emit: (context, g, { input, outputCotangent, weightCotangent: w }) => {
      const { outputs } = groupChannels(g);
      const tiles = Math.ceil(outputs / outputsOfTile) * Math.ceil(tapsOfGroup(g) / tapsOfTile) * g.groups;
      const pixels = g.batch * (g.outputSize[0] as number) * (g.outputSize[1] as number);
      const { splits, perSplit } = splitAmongWorkgroups({
        length: pixels,
        products: pixels,
        tiles,
        elements: w.elements,
        step: DEPTH,
      });
      const partials = splits === 1 ? w : context.scratch('partials', [splits, w.elements]);
      const sizes = convolutionSizes(g);
      context.emit({
        kernel: 'conv2d-weight-gradient-tiled/weightGradient',
        variant: { CHANNELS: outputsOfTile / 8, COLUMNS: tapsOfTile / 8 },
        uniforms: { ...sizes, splits, pixelsPerSplit: perSplit },
        bindings: { input, outputCotangent, partials },
        threads: WORKGROUP * tiles * splits,
        operations: convolutionOperations(g),
      });
      if (splits > 1) emitPartialSums(context, { ...sizes, splits, rowsPerSplit: 1 }, partials, w);
    },
  };
}
