import type { KernelSignatures } from '../../../kernels/kernels.gen.ts';
import type { Operand } from '../../lowering.ts';
import type { Candidate, KernelContext } from '../kernel-choice.ts';
import type { ProductSizes } from '../kernel-problem.ts';
import {
  copyOfRows,
  emitOuterProducts,
  fours,
  innerRowsOf,
  sideBySide,
  type InnerRows,
} from '../product/outer-products.ts';
import { emitSplitProduct } from '../product/split-product.ts';
import { LARGEST_SCRATCH, splitSum } from '../split-sum.ts';
import type { ForwardOperands } from './forward.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import type { InputGradientOperands } from './input-gradient.ts';
import { groupChannels, tapsOfGroup } from './sizes.ts';
import type { WeightGradientOperands } from './weight-gradient.ts';

// Convolutions as products of the weights and matrices of windows, by sums of outer products: any kernel, stride and group.

type Uniforms = KernelSignatures['conv2d-windows/gatherWindows']['uniforms'];

/** Threads that keep an adapter busy, and products that each sums at least. */
const WANTED_THREADS = 1024;
const SHORTEST_RUN = 64;

/** Things that are done at a time, of many. */
interface Range {
  readonly first: number;
  readonly count: number;
}

export const windows: Candidate<ConvolutionGeometry, ForwardOperands> = {
  name: 'windows',
  applies: ({ batch }) => batch > 0,
  emit: (context, g, { input, weight, output, isTransposed }) => {
    const { inputs, outputs: rows } = groupChannels(g);
    const inner = tapsOfGroup(g);
    const plane = pixelsOf(g);
    // Transposed weights have the rows, which are output channels, after what is summed, and their taps reversed.
    const rowStride = isTransposed ? inner / inputs : inner;
    const copied = isTransposed
      ? { rows, inner: rowStride, matrices: g.inputChannels, matrixStride: rows * rowStride }
      : { rows, inner, matrices: g.groups, matrixStride: rows * inner };
    const weights = copyOfRows(context, { operand: weight, offset: 0, rowStride, columnStride: 1 }, copied);
    const a = { ...weights, product: inner * weights.step };
    const bytes = 4 * inner * g.groups;
    for (const pictures of ranges(g.batch, bytes * plane)) {
      for (const pixels of ranges(plane, bytes * pictures.count)) {
        const step = fours(pixels.count);
        const matrices = context.scratch('windows', [pictures.count, g.groups, inner, step]);
        const strides = { tapStride: step, pixelStride: 1, groupStride: inner * step };
        emitWindows(context, g, { pictures, pixels, strides, isFlipped: isTransposed }, input, matrices);
        const products = pictures.count * g.groups;
        const offset = pictures.first * g.outputChannels * plane + pixels.first;
        emitOuterProducts(
          context,
          { products, factors: g.groups, rows, columns: pixels.count, inner, splits: 1, perSplit: inner },
          a,
          { operand: matrices, offset: 0, step, product: inner * step },
          { operand: output, offset, rowStride: plane, columnStride: 1, product: rows * plane },
        );
      }
    }
  },
};

/** For strides above one: what the output's cotangent gives to each tap of a window, then the sum over windows. */
export const windowsStrided: Candidate<ConvolutionGeometry, InputGradientOperands> = {
  name: 'windows, summed',
  applies: ({ batch }) => batch > 0,
  emit: (context, g, { outputCotangent, weight, inputCotangent }) => {
    const { inputs, outputs: inner } = groupChannels(g);
    const taps = tapsOfGroup(g) / inputs;
    const pixels = { first: 0, count: pixelsOf(g) };
    const step = fours(pixels.count);
    const cotangents = sideBySide(context, outputCotangent, {
      rows: pixels.count,
      inner,
      matrices: g.batch * g.groups,
    });
    const bytes = 4 * taps * g.groups * step;
    for (const pictures of ranges(g.batch, bytes * inputs)) {
      // One picture's windows may still be too many; where there are no groups, channels have their own.
      const own = g.groups === 1 ? ranges(inputs, bytes * pictures.count) : [{ first: 0, count: inputs }];
      for (const channels of own) {
        const rows = channels.count * taps;
        const matrixStride = inner * inputs * taps;
        const view = { operand: weight, offset: channels.first * taps, rowStride: 1, columnStride: inputs * taps };
        const asTheyLie = innerRowsOf(view);
        const a =
          asTheyLie === undefined
            ? copyOfRows(context, view, { rows, inner, matrices: g.groups, matrixStride })
            : { ...asTheyLie, product: matrixStride };
        const products = pictures.count * g.groups;
        const matrices = context.scratch('windows', [products, rows, step]);
        emitOuterProducts(
          context,
          { products, factors: g.groups, rows, columns: step, inner, splits: 1, perSplit: inner },
          a,
          { ...cotangents, offset: pictures.first * g.groups * cotangents.product },
          { operand: matrices, offset: 0, rowStride: step, columnStride: 1, product: rows * step },
        );
        const strides = { tapStride: step, pixelStride: 1, groupStride: rows * step };
        context.emit({
          kernel: 'conv2d-windows/sumWindows',
          variant: { DILATED: g.dilations.some((dilation) => dilation > 1) ? 1 : 0 },
          uniforms: windowUniforms(g, { pictures, channels, pixels, strides, isFlipped: false }),
          bindings: { windowCotangents: matrices, imageCotangent: inputCotangent },
          threads: products * channels.count * (g.inputSize[0] as number) * (g.inputSize[1] as number),
          operations: matrices.elements,
        });
      }
    }
  },
};

export const windowsWeights: Candidate<ConvolutionGeometry, WeightGradientOperands> = {
  name: 'windows',
  applies: ({ batch }) => batch > 0,
  emit: (context, g, { input, outputCotangent, weightCotangent }) => {
    const { outputs: rows } = groupChannels(g);
    const columns = tapsOfGroup(g);
    const plane = pixelsOf(g);
    const step = fours(columns);
    const bytes = 4 * g.groups * Math.max(step, rows);
    const parts = ranges(g.batch, bytes * plane).flatMap((pictures) =>
      ranges(plane, bytes * pictures.count).map((pixels) => ({ pictures, pixels })),
    );
    parts.forEach(({ pictures, pixels }, index) => {
      const inner = pictures.count * pixels.count;
      const matrices = context.scratch('windows', [g.groups, inner, step]);
      const strides = { tapStride: 1, pixelStride: step, groupStride: inner * step };
      emitWindows(context, g, { pictures, pixels, strides, isFlipped: false }, input, matrices);
      for (let group = 0; group < g.groups; group++) {
        // Pictures follow one another along the inner dimension.
        const channel = pictures.first * g.outputChannels + group * rows;
        const a = copyOfRows(
          context,
          { operand: outputCotangent, offset: channel * plane + pixels.first, rowStride: plane, columnStride: 1 },
          { rows, inner: pixels.count, matrices: pictures.count, matrixStride: g.outputChannels * plane },
        );
        const b = { operand: matrices, offset: group * inner * step, step, product: 0 };
        emitWeightProduct(context, { rows, columns, inner }, a, b, weightCotangent, {
          offset: group * rows * columns,
          accumulate: index > 0,
        });
      }
    });
  },
};

/** w [rows, columns] from `offset` on = the sum over inner of a * b; added to what is there where asked. */
export function emitWeightProduct(
  context: KernelContext,
  { rows, columns, inner }: Pick<ProductSizes, 'rows' | 'columns' | 'inner'>,
  a: InnerRows,
  b: InnerRows,
  w: Operand,
  { offset, accumulate }: { readonly offset: number; readonly accumulate: boolean },
): void {
  const split = splitSum({
    length: inner,
    wanted: Math.ceil((64 * WANTED_THREADS) / (rows * columns)),
    most: Math.ceil(inner / SHORTEST_RUN),
    elements: rows * columns,
  });
  const view = { operand: w, offset, rowStride: columns, columnStride: 1 };
  // Of the factors, the sum of partial results needs nothing.
  const operands = { a: view, b: view, c: view, accumulate };
  const sizes = { rows, columns, inner, transposeA: false, transposeB: false };
  emitSplitProduct(context, sizes, operands, split, (uniforms, operand) => {
    const { splits, innerPerSplit: perSplit, cOffset, accumulate: isAdded } = uniforms;
    const c = { operand, offset: cOffset, rowStride: columns, columnStride: 1, product: rows * columns };
    const product = { products: 1, factors: 1, rows, columns, inner, splits, perSplit };
    emitOuterProducts(context, product, a, b, c, isAdded === 1);
  });
}

interface Windows {
  readonly pictures: Range;
  readonly pixels: Range;
  readonly channels?: Range;
  /** Elements between taps, pixels and groups; pictures follow one another. */
  readonly strides: { readonly tapStride: number; readonly pixelStride: number; readonly groupStride: number };
  readonly isFlipped: boolean;
}

function emitWindows(
  { emit }: KernelContext,
  g: ConvolutionGeometry,
  part: Windows,
  image: Operand,
  matrices: Operand,
): void {
  emit({
    kernel: 'conv2d-windows/gatherWindows',
    variant: { DILATED: 0 },
    uniforms: windowUniforms(g, part),
    bindings: { image, windows: matrices },
    threads: part.pictures.count * g.inputChannels * part.pixels.count,
    operations: matrices.elements,
  });
}

function windowUniforms(g: ConvolutionGeometry, { pictures, pixels, channels, strides, isFlipped }: Windows): Uniforms {
  const { inputs } = groupChannels(g);
  const [height, width] = g.inputSize as [number, number];
  const [outputHeight, outputWidth] = g.outputSize as [number, number];
  const [kernelHeight, kernelWidth] = g.kernelSize as [number, number];
  const [padTop, padLeft] = g.pads as [number, number];
  const { first: firstChannel, count: groupChannelCount } = channels ?? { first: 0, count: inputs };
  // Where pixels lie behind one another, so do pictures; else each picture has its groups.
  const pictureStride = strides.pixelStride === 1 ? g.groups * strides.groupStride : pixels.count * strides.pixelStride;
  return {
    planes: g.inputChannels,
    height,
    width,
    outputHeight,
    outputWidth,
    kernelHeight,
    kernelWidth,
    strideHeight: g.strides[0] as number,
    strideWidth: g.strides[1] as number,
    dilationHeight: g.dilations[0] as number,
    dilationWidth: g.dilations[1] as number,
    padTop,
    padLeft,
    firstPicture: pictures.first,
    pictures: pictures.count,
    firstChannel,
    channels: groupChannelCount * g.groups,
    firstPixel: pixels.first,
    pixels: pixels.count,
    groupChannels: groupChannelCount,
    ...strides,
    pictureStride,
    flip: isFlipped ? 1 : 0,
  };
}

/** As many at a time as take bearable room. */
function ranges(count: number, bytesOfEach: number): readonly Range[] {
  const most = Math.min(count, Math.max(1, Math.floor(LARGEST_SCRATCH / bytesOfEach)));
  return Array.from({ length: Math.ceil(count / most) }, (_, index) => {
    const first = index * most;
    return { first, count: Math.min(most, count - first) };
  });
}

function pixelsOf({ outputSize }: ConvolutionGeometry): number {
  return (outputSize[0] as number) * (outputSize[1] as number);
}
