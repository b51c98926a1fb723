import type { Candidate } from '../kernel-choice.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { PACKED_CHANNELS, packedWeights } from './packed-weights.ts';
import { convolutionOperations, convolutionSizes, groupChannels, readsVectors } from './sizes.ts';
import type { ForwardOperands } from './forward.ts';

// Kernels without workgroup memory or barriers, which software adapters run best: a thread makes eight pixels of one or
// of eight channels.

type ForwardCandidate = Candidate<ConvolutionGeometry, ForwardOperands>;

/** Pixels that one thread computes; the `PIXELS` of the shaders. */
const PIXELS = 8;
const WORKGROUP = 64;

/** One input channel a group, read straight from the weights. */
export const depthwise: ForwardCandidate = {
  name: 'depthwise',
  applies: (g) => groupChannels(g).inputs === 1,
  emit: ({ emit }, g, { input, weight, output, isTransposed }) => {
    const [height, width] = g.outputSize as [number, number];
    emit({
      kernel: 'conv2d-depthwise/forward',
      uniforms: { ...convolutionSizes(g), flip: isTransposed ? 1 : 0 },
      bindings: { input, weight, output },
      threads: g.batch * g.outputChannels * height * Math.ceil(width / PIXELS),
      operations: convolutionOperations(g),
    });
  },
};

/** 1x1 taps over planes that are read four elements at a time. */
export const pointwise: ForwardCandidate = {
  name: 'pointwise',
  applies: readsVectors,
  emit: (context, g, { input, weight, output, isTransposed }) => {
    const [height, width] = g.outputSize as [number, number];
    context.emit({
      kernel: 'conv2d/forwardPointwise',
      uniforms: convolutionSizes(g),
      bindings: {
        inputVectors: input,
        packed: context.derived(weight, packedWeights(g, isTransposed)),
        outputVectors: output,
      },
      threads: blockedThreads(g, g.batch * Math.ceil((height * width) / PIXELS)),
      operations: convolutionOperations(g),
    });
  },
};

/** A window slides along a row, so that taps share loaded pixels: windows have to overlap by all but one column. */
export const rows: ForwardCandidate = {
  name: 'rows',
  applies: ({ strides, dilations }) => strides[1] === 1 && dilations[1] === 1,
  emit: (context, g, operands) => {
    const [height, width] = g.outputSize as [number, number];
    emitBlocked(context, 'conv2d/forwardRow', g, operands, g.batch * height * Math.ceil(width / PIXELS));
  },
};

/** Pixels in row-major order, across the ends of rows: any stride and dilation. */
export const pixels: ForwardCandidate = {
  name: 'pixels',
  applies: () => true,
  emit: (context, g, operands) => {
    const [height, width] = g.outputSize as [number, number];
    emitBlocked(context, 'conv2d/forwardPixels', g, operands, g.batch * Math.ceil((height * width) / PIXELS));
  },
};

function emitBlocked(
  context: Parameters<ForwardCandidate['emit']>[0],
  kernel: 'conv2d/forwardRow' | 'conv2d/forwardPixels',
  g: ConvolutionGeometry,
  { input, weight, output, isTransposed }: ForwardOperands,
  tiles: number,
): void {
  context.emit({
    kernel,
    uniforms: convolutionSizes(g),
    bindings: { input, packed: context.derived(weight, packedWeights(g, isTransposed)), output },
    threads: blockedThreads(g, tiles),
    operations: convolutionOperations(g),
  });
}

/** A workgroup has tiles of pixels of one block of channels. */
function blockedThreads(g: ConvolutionGeometry, tiles: number): number {
  const blocks = g.groups * Math.ceil(groupChannels(g).outputs / PACKED_CHANNELS);
  return WORKGROUP * Math.ceil(tiles / WORKGROUP) * blocks;
}
