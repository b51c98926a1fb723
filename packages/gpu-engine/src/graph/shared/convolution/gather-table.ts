import type { Candidate, TableRow } from '../kernel-choice.ts';
import {
  forwardCandidate,
  forwardGather,
  inputGradientCandidate,
  inputGradientGather,
  type Gather,
  type GatherKernel,
} from './gathers.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { columns, direct, gatherTiles, planeProducts, tiles32x32, tiles32x64, tiles64x64 } from './gathers-tiled.ts';
import { groupChannels } from './sizes.ts';

/** Weights of one tap of a group from which the group is more than a few planes. */
const SMALLEST_GROUP = 9;
/** Channels of a group up to which a tile of channels would be mostly empty. */
const FEW_INPUTS = 4;
const FEW_OUTPUTS = 8;
/** Pictures up to which 1x1 convolutions are products of matrices, one after another. */
const MOST_PRODUCTS = 4;
/** Tiles from which a GPU is busy without smaller ones. */
const MANY_TILES = 128;

interface Row {
  readonly take: GatherKernel;
  readonly when?: (gather: Gather) => boolean;
}

/** What GPUs are said to want. Nothing here was measured on one; choices made by measurement come before it. */
const rows: readonly Row[] = [
  // A matter of memory: a tile of rows in workgroup memory would save few reads that caches do not.
  { take: columns, when: ({ geometry }) => weightsOfTap(geometry) < SMALLEST_GROUP },
  { take: direct, when: ({ geometry }) => hasFewChannels(geometry) },
  { take: planeProducts, when: ({ geometry }) => geometry.batch <= MOST_PRODUCTS },
  { take: tiles32x64, when: (gather) => isNarrow(gather) && gatherTiles(gather, 32, 64) >= MANY_TILES },
  { take: tiles64x64, when: (gather) => !isNarrow(gather) && gatherTiles(gather, 64, 64) >= MANY_TILES },
  { take: tiles32x32 },
];

const kernels: readonly GatherKernel[] = [tiles64x64, tiles32x64, tiles32x32, direct, columns, planeProducts];

function passOf<Operands>(
  gatherOf: (geometry: ConvolutionGeometry) => Gather,
  candidateOf: (kernel: GatherKernel) => Candidate<ConvolutionGeometry, Operands>,
) {
  const candidates = new Map(kernels.map((kernel) => [kernel, candidateOf(kernel)]));
  const of = (kernel: GatherKernel) => candidates.get(kernel) as Candidate<ConvolutionGeometry, Operands>;
  const table = rows.map(({ take, when }): TableRow<ConvolutionGeometry, Operands> => {
    return { take: of(take), when: (geometry) => when?.(gatherOf(geometry)) ?? true };
  });
  return { candidates: [...candidates.values()], table, of };
}

/** The GPU kernels of the forward pass, and which of them GPUs take without a choice. */
export const forwardGathers = passOf(forwardGather, forwardCandidate);

/** The same of the gradient to the input, at any stride. */
export const inputGradientGathers = passOf(inputGradientGather, inputGradientCandidate);

function weightsOfTap(geometry: ConvolutionGeometry): number {
  const { inputs, outputs } = groupChannels(geometry);
  return inputs * outputs;
}

function hasFewChannels(geometry: ConvolutionGeometry): boolean {
  const { inputs, outputs } = groupChannels(geometry);
  return inputs <= FEW_INPUTS || outputs <= FEW_OUTPUTS;
}

function isNarrow({ geometry }: Gather): boolean {
  return groupChannels(geometry).outputs <= 32;
}
