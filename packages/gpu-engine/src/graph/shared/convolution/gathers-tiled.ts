import type { Operand } from '../../lowering.ts';
import type { KernelContext } from '../kernel-choice.ts';
import { gatherPhases, gatherSizes, type Gather, type GatherKernel } from './gathers.ts';
import { emitProduct } from '../product/product.ts';
import { emitSumOfPartials } from '../product/split-product.ts';
import { productUniforms } from '../product/views.ts';
import { splitAmongWorkgroups } from '../split-sum.ts';
import { packedWeights } from './packed-weights.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { groupChannels, keepsPlaces, tapsOfGroup } from './sizes.ts';

// Kernels for GPUs: workgroups read weights, or weights and pixels, through their own memory; and one for small groups.

const WORKGROUP = 64;
/** Vectors of weights that `direct` has in workgroup memory. */
const STAGE = 512;
/** Pixels that a workgroup of `direct` makes. */
const DIRECT_PIXELS = 256;
/** Results that a thread of `columns` makes, one below another. */
const COLUMN = 4;
/** Products of matrices that `planeProducts` makes at most. */
const MOST_PRODUCTS = 16;

export const tiles64x64 = tiled(64, 64);
/** For groups of few output channels. */
export const tiles32x64 = tiled(32, 64);
/** For results that have few tiles. */
export const tiles32x32 = tiled(32, 32);

/** Pixels straight from memory, weights from workgroup memory: for groups of few input or few output channels. */
export const direct: GatherKernel = {
  name: 'workgroup weights',
  applies: ({ geometry }) => (geometry.kernelSize[1] as number) * directVectors(geometry) <= STAGE,
  mayWin: () => true,
  emit: (context, gather, { input, weight, output, isTransposed }) => {
    const { geometry: g, operations } = gather;
    const { inputs, outputs } = groupChannels(g);
    const [kernelHeight, kernelWidth] = g.kernelSize as [number, number];
    const vectors = directVectors(g);
    const channelsPerStage = Math.min(inputs, Math.floor(STAGE / (kernelWidth * vectors)));
    const rowsPerStage = Math.min(kernelHeight, Math.floor(STAGE / (kernelWidth * vectors * channelsPerStage)));
    const { phases, pixels } = gatherPhases(gather);
    const workgroups = Math.ceil(pixels / DIRECT_PIXELS) * phases * g.groups * Math.ceil(outputs / (4 * vectors));
    context.emit({
      kernel: 'conv2d-direct/convolve',
      variant: { VECTORS: vectors },
      uniforms: { ...gatherSizes(gather), rowsPerStage, channelsPerStage },
      bindings: { input, packed: context.derived(weight, packedWeights(g, isTransposed)), output },
      threads: WORKGROUP * workgroups,
      operations,
    });
  },
};

/** Four results a thread, one below another, from the weights as they are: for groups of very few channels. */
export const columns: GatherKernel = {
  name: 'columns',
  applies: () => true,
  mayWin: ({ geometry }) => groupChannels(geometry).inputs * groupChannels(geometry).outputs <= 64,
  emit: ({ emit }, gather, { input, weight, output, isTransposed }) => {
    const { geometry: g, spread, operations } = gather;
    const [height, width] = g.outputSize as [number, number];
    const tiles = spread[0] * Math.ceil(Math.ceil(height / spread[0]) / COLUMN);
    emit({
      kernel: 'conv2d-depthwise-columns/convolve',
      uniforms: { ...gatherSizes(gather), flip: isTransposed ? 1 : 0 },
      bindings: { input, weight, output },
      threads: g.batch * g.outputChannels * tiles * width,
      operations,
    });
  },
};

/** With 1x1 taps, the planes of each picture are a product of the weights and its own planes; single pixels are one product. */
export const planeProducts: GatherKernel = {
  name: 'products',
  applies: ({ geometry: g, spread }) =>
    keepsPlaces(g) && spread[0] * spread[1] === 1 && g.groups === 1 && (hasPixels(g) || g.batch <= MOST_PRODUCTS),
  mayWin: () => true,
  emit: (context, { geometry: g }, { input, weight, output, isTransposed }) => {
    const { batch, inputChannels: inner, outputChannels: rows } = g;
    const plane = (g.inputSize[0] as number) * (g.inputSize[1] as number);
    const [rowStride, columnStride] = isTransposed ? ([1, rows] as const) : ([inner, 1] as const);
    const weights = { operand: weight, offset: 0, rowStride, columnStride };
    if (hasPixels(g)) {
      const b = { operand: input, offset: 0, rowStride: 1, columnStride: inner };
      emitProduct(context, [rows, batch, inner], weights, b, { ...b, operand: output, columnStride: rows });
      return;
    }
    for (let n = 0; n < batch; n++) {
      emitProduct(
        context,
        [rows, plane, inner],
        weights,
        { operand: input, offset: n * inner * plane, rowStride: plane, columnStride: 1 },
        { operand: output, offset: n * rows * plane, rowStride: plane, columnStride: 1 },
      );
    }
  },
};

/** Whether planes are single pixels, so that pictures are the columns of one product. */
export function hasPixels({ inputSize }: ConvolutionGeometry): boolean {
  return inputSize.every((size) => size === 1);
}

/** Tiles of `channels` output channels by `pixels` pixels that a result has. */
export function gatherTiles(gather: Gather, channels: number, pixels: number): number {
  const { groups } = gather.geometry;
  const { phases, pixels: pixelsOfPhase } = gatherPhases(gather);
  const { outputs } = groupChannels(gather.geometry);
  return Math.ceil(pixelsOfPhase / pixels) * phases * groups * Math.ceil(outputs / channels);
}

function tiled(channels: 32 | 64, pixels: 32 | 64): GatherKernel {
  return {
    name: `workgroup tiles ${channels}x${pixels}`,
    applies: () => true,
    // Where a tile is mostly empty, others are faster.
    mayWin: (gather) =>
      4 * groupChannels(gather.geometry).outputs > channels && 4 * gatherPhases(gather).pixels > pixels,
    emit: (context, gather, { input, weight, output, isTransposed }) => {
      const { geometry: g, operations } = gather;
      const { inputs } = groupChannels(g);
      const depth = tileDepth(inputs);
      const count = gatherTiles(gather, channels, pixels);
      const { splits, perSplit } = splitAmongWorkgroups({
        length: inputs,
        products: tapsOfGroup(g),
        tiles: count,
        elements: output.elements,
        step: depth,
      });
      const partials = splits === 1 ? undefined : context.scratch('partials', [splits, output.elements]);
      context.emit({
        kernel: 'conv2d-tiled/convolve',
        variant: { CHANNELS: channels / 8, PIXELS: pixels / 8, DEPTH: depth },
        uniforms: { ...gatherSizes(gather), splits, channelsPerSplit: perSplit },
        bindings: {
          input,
          packed: context.derived(weight, packedWeights(g, isTransposed)),
          output: partials ?? output,
        },
        threads: WORKGROUP * count * splits,
        operations,
      });
      if (partials !== undefined) emitSum(context, splits, partials, output);
    },
  };
}

/** Channels that a workgroup has in its memory at a time: those of the last step should not be mostly missing. */
function tileDepth(channels: number): 8 | 16 {
  const left = channels % 16;
  return left > 0 && left <= 8 ? 8 : 16;
}

function directVectors(geometry: Gather['geometry']): 1 | 2 | 4 {
  const { outputs } = groupChannels(geometry);
  return outputs <= 4 ? 1 : outputs <= 8 ? 2 : 4;
}

/** output = the sum of partial results, in their order. */
function emitSum(context: KernelContext, splits: number, partials: Operand, output: Operand): void {
  const { elements } = output;
  const whole = { operand: output, offset: 0, rowStride: elements, columnStride: 1 };
  const row = { rows: 1, columns: elements, inner: 0, transposeA: false, transposeB: false };
  const uniforms = productUniforms(row, { a: whole, b: whole, c: whole, accumulate: false });
  emitSumOfPartials(context, { ...uniforms, splits, innerPerSplit: 0 }, partials, output);
}
