import type { KernelSignatures } from '../../../kernels/kernels.gen.ts';
import type { KernelCall, Operand, Transform } from '../../lowering.ts';
import type { Candidate, KernelContext } from '../kernel-choice.ts';
import { emitOuterProducts, fours } from '../product/outer-products.ts';
import { LARGEST_SCRATCH, splitSum } from '../split-sum.ts';
import type { ForwardOperands } from './forward.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { hasSomeChannels } from './sizes.ts';
import type { WeightGradientOperands } from './weight-gradient.ts';

// Winograd's minimal filtering, by winograd.wgsl: far fewer products, in one matrix product for each frequency.

/** Values of a tile along each axis, by those of the kernel. */
const TILES = new Map([
  [3, 6],
  [5, 8],
]);
/** Threads of products that keep an adapter busy, and tiles that a run sums at least. */
const WANTED_THREADS = 1024;
const SHORTEST_RUN = 64;
/** Estimated operations on each value that a transform makes or reads. */
const TRANSFORM_COST = 16;

type Uniforms = KernelSignatures['winograd/transformTiles']['uniforms'];

/** Sizes of the tiles that a convolution's output is cut into. */
interface Tiling {
  /** Constants of the shaders: the values of a tile and of the kernel along each axis. */
  readonly variant: { readonly TILE: number; readonly KERNEL: number };
  readonly frequencies: number;
  readonly tileRows: number;
  readonly tileColumns: number;
}

/** Tiles that are transformed and multiplied at a time. */
interface Chunk {
  readonly firstTile: number;
  readonly tiles: number;
}

/** Square kernels of three or five taps, of one group, at stride 1. */
export const winograd: Candidate<ConvolutionGeometry, ForwardOperands> = {
  name: 'winograd',
  applies: isWinograd,
  mayWin: hasSomeChannels,
  emit: (context, g, { input, weight, output, isTransposed }) => {
    const tiling = tilingOf(g);
    const { frequencies } = tiling;
    const { inputChannels: inputs, outputChannels: outputs } = g;
    const kernel = context.derived(weight, kernelTransform(g, tiling, isTransposed));
    const step = fours(outputs);
    for (const chunk of chunksOf(g, tiling)) {
      const row = fours(chunk.tiles);
      const values = emitTiles(context, g, tiling, chunk, { of: input, isCotangent: false, isTilesInner: true });
      const products = context.scratch('products', [frequencies, outputs, row]);
      emitOuterProducts(
        context,
        {
          products: frequencies,
          factors: frequencies,
          rows: outputs,
          columns: row,
          inner: inputs,
          splits: 1,
          perSplit: inputs,
        },
        { operand: kernel, offset: 0, step, product: inputs * step },
        { operand: values, offset: 0, step: row, product: inputs * row },
        { operand: products, offset: 0, rowStride: row, columnStride: 1, product: outputs * row },
      );
      const [height, width] = g.outputSize as [number, number];
      const strides = { tileStride: 1, planeStride: row, frequencyStride: outputs * row };
      context.emit({
        kernel: 'winograd/transformOutput',
        variant: tiling.variant,
        uniforms: { ...tileUniforms(tiling, chunk), planes: outputs, height, width, ...strides },
        bindings: { productVectors: products, output },
        threads: (outputs * row) / 4,
        operations: products.elements * TRANSFORM_COST,
      });
    }
  },
};

/** The same kernels' gradient: the cotangent's tiles are the kernel, and all tiles are summed. */
export const winogradWeights: Candidate<ConvolutionGeometry, WeightGradientOperands> = {
  name: 'winograd',
  applies: isWinograd,
  mayWin: hasSomeChannels,
  emit: (context, g, { input, outputCotangent, weightCotangent }) => {
    const tiling = tilingOf(g);
    const { frequencies } = tiling;
    const { inputChannels: columns, outputChannels: rows } = g;
    const [step, rowStride] = [fours(rows), fours(columns)];
    const chunks = chunksOf(g, tiling);
    const [first] = chunks as [Chunk];
    const elements = frequencies * rows * rowStride;
    const { splits, perSplit } = splitSum({
      length: first.tiles,
      wanted: Math.ceil((64 * WANTED_THREADS) / (frequencies * rows * columns)),
      most: Math.ceil(first.tiles / SHORTEST_RUN),
      elements: elements * chunks.length,
    });
    const runs = chunks.map(({ tiles }) => Math.ceil(tiles / perSplit));
    const allRuns = runs.reduce((sum, count) => sum + count, 0);
    const products = context.scratch('products', [allRuns, frequencies, rows, rowStride]);
    let before = 0;
    chunks.forEach((chunk, index) => {
      const { tiles } = chunk;
      const ofInput = { of: input, isCotangent: false, isTilesInner: false };
      const ofCotangent = { of: outputCotangent, isCotangent: true, isTilesInner: false };
      const [values, cotangents] = [ofInput, ofCotangent].map((source) =>
        emitTiles(context, g, tiling, chunk, source),
      ) as [Operand, Operand];
      emitOuterProducts(
        context,
        {
          products: frequencies,
          factors: frequencies,
          rows,
          columns: rowStride,
          inner: tiles,
          splits: runs[index] ?? splits,
          perSplit,
        },
        { operand: cotangents, offset: 0, step, product: tiles * step },
        { operand: values, offset: 0, step: rowStride, product: tiles * rowStride },
        { operand: products, offset: before * elements, rowStride, columnStride: 1, product: rows * rowStride },
      );
      before += runs[index] ?? 0;
    });
    context.emit({
      kernel: 'winograd/transformKernelGradient',
      variant: tiling.variant,
      uniforms: { ...UNUSED, rows, columns, rowStride, frequencyStride: rows * rowStride, splits: allRuns },
      bindings: { products, kernelGradient: weightCotangent },
      threads: rows * columns,
      operations: products.elements * TRANSFORM_COST,
    });
  },
};

function isWinograd({ kernelSize, strides, dilations, groups, batch }: ConvolutionGeometry): boolean {
  const [height, width] = kernelSize as [number, number];
  const isDense = [...strides, ...dilations].every((length) => length === 1) && groups === 1 && batch > 0;
  return isDense && height === width && TILES.has(width);
}

function tilingOf({ kernelSize, outputSize }: ConvolutionGeometry): Tiling {
  const kernel = kernelSize[0] as number;
  const tile = TILES.get(kernel) as number;
  const [tileRows, tileColumns] = outputSize.map((size) => Math.ceil(size / (tile - kernel + 1))) as [number, number];
  return { variant: { TILE: tile, KERNEL: kernel }, frequencies: tile * tile, tileRows, tileColumns };
}

/** All tiles, as many at a time as leave copies of bearable size. */
function chunksOf({ batch, ...g }: ConvolutionGeometry, { frequencies, tileRows, tileColumns }: Tiling): Chunk[] {
  const all = batch * tileRows * tileColumns;
  const bytes = 4 * frequencies * fours(Math.max(g.inputChannels, g.outputChannels));
  const most = 4 * Math.max(1, Math.floor(LARGEST_SCRATCH / (4 * bytes)));
  const tiles = fours(Math.ceil(all / Math.ceil(all / most)));
  return Array.from({ length: Math.ceil(all / tiles) }, (_, index) => {
    const firstTile = index * tiles;
    return { firstTile, tiles: Math.min(tiles, all - firstTile) };
  });
}

interface TileSource {
  /** Planes [N, C, H, W]: the input, or the output's cotangent. */
  readonly of: Operand;
  readonly isCotangent: boolean;
  /** Whether tiles lie side by side, [frequencies, C, tiles], or planes, [frequencies, tiles, C]. */
  readonly isTilesInner: boolean;
}

/** The tiles at all frequencies. */
function emitTiles(
  { emit, scratch }: Pick<KernelContext, 'emit' | 'scratch'>,
  { pads }: ConvolutionGeometry,
  tiling: Tiling,
  chunk: Chunk,
  { of, isCotangent, isTilesInner }: TileSource,
): Operand {
  const [, planes, height, width] = of.shape as [number, number, number, number];
  const shape = isTilesInner ? [planes, fours(chunk.tiles)] : [chunk.tiles, fours(planes)];
  const [rows, row] = shape as [number, number];
  const transformed = scratch(isCotangent ? 'cotangents' : 'values', [tiling.frequencies, ...shape]);
  const [padTop, padLeft] = isCotangent ? [0, 0] : [pads[0] as number, pads[1] as number];
  const [tileStride, planeStride] = isTilesInner ? [1, row] : [row, 1];
  const strides = { tileStride, planeStride, frequencyStride: rows * row };
  emit({
    kernel: 'winograd/transformTiles',
    variant: { ...tiling.variant, COTANGENT: isCotangent ? 1 : 0 },
    uniforms: { ...tileUniforms(tiling, chunk), planes, height, width, padTop, padLeft, ...strides },
    bindings: { image: of, transformed },
    threads: planes * chunk.tiles,
    operations: transformed.elements * TRANSFORM_COST,
  });
  return transformed;
}

/** The kernel at all frequencies, [frequencies, input channels, output channels]; of the transposed convolution where asked. */
function kernelTransform(g: ConvolutionGeometry, { variant, frequencies }: Tiling, isTransposed: boolean): Transform {
  const { inputChannels: rows, outputChannels: columns } = g;
  const rowStride = fours(columns);
  const taps = variant.KERNEL ** 2;
  const [kernelRowStride, kernelColumnStride] = isTransposed ? [columns * taps, taps] : [taps, rows * taps];
  return {
    key: `winograd ${isTransposed ? 'transposed ' : ''}kernel in tiles of ${variant.TILE}`,
    shape: [frequencies, rows, rowStride],
    lower: (kernel, transformed): readonly KernelCall[] => [
      {
        kernel: 'winograd/transformKernel',
        variant,
        uniforms: {
          ...UNUSED,
          rows,
          columns,
          rowStride,
          frequencyStride: rows * rowStride,
          kernelRowStride,
          kernelColumnStride,
          flip: isTransposed ? 1 : 0,
        },
        bindings: { kernel, transformed },
        threads: rows * rowStride,
        operations: transformed.elements * TRANSFORM_COST,
      },
    ],
  };
}

const UNUSED: Uniforms = {
  planes: 0,
  height: 0,
  width: 0,
  padTop: 0,
  padLeft: 0,
  tileRows: 0,
  tileColumns: 0,
  firstTile: 0,
  tiles: 0,
  tileStride: 0,
  planeStride: 0,
  frequencyStride: 0,
  rows: 0,
  columns: 0,
  rowStride: 0,
  kernelRowStride: 0,
  kernelColumnStride: 0,
  flip: 0,
  splits: 0,
};

function tileUniforms({ tileRows, tileColumns }: Tiling, chunk: Chunk): Uniforms {
  return { ...UNUSED, tileRows, tileColumns, ...chunk };
}
