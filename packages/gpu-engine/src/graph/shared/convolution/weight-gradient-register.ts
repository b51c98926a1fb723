import type { KernelSignatures } from '../../../kernels/kernels.gen.ts';
import type { KernelName, Operand, TypedKernelCall } from '../../lowering.ts';
import type { Candidate, KernelContext } from '../kernel-choice.ts';
import { emitProduct } from '../product/product.ts';
import { fitsPackedCopies } from '../product/product-register.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { splitSum } from '../split-sum.ts';
import {
  convolutionOperations,
  convolutionSizes,
  groupChannels,
  keepsPlaces,
  readsVectors,
  tapsOfGroup,
} from './sizes.ts';
import type { WeightGradientOperands } from './weight-gradient.ts';

// Kernels without workgroup memory or barriers. Sums over rows of pixels are split among threads, and then added in order.

type WeightGradientCandidate = Candidate<ConvolutionGeometry, WeightGradientOperands>;

/** Threads that keep an adapter busy. The sums are split among as many, so the number also decides the bits. */
const WANTED_THREADS = { software: 8192, gpu: 65536 } as const;
/** The widest kernel that the shader's row kernel is for; its `WINDOW`. */
const WINDOW = 5;

/** With 1x1 taps, each picture adds the product of two matrices of planes. */
export const products: WeightGradientCandidate = {
  name: 'products',
  applies: (g) => keepsPlaces(g) && g.groups === 1 && g.batch >= 1 && fitsPackedCopies(planeProduct(g)),
  mayWin: (g) => g.batch <= 32,
  emit: (context, g, { input: x, outputCotangent: y, weightCotangent: w }) => {
    const { rows, columns, inner: plane } = planeProduct(g);
    for (let n = 0; n < g.batch; n++) {
      emitProduct(
        context,
        [rows, columns, plane],
        { operand: y, offset: n * rows * plane, rowStride: plane, columnStride: 1 },
        { operand: x, offset: n * columns * plane, rowStride: 1, columnStride: plane },
        { operand: w, offset: 0, rowStride: columns, columnStride: 1 },
        n > 0,
      );
    }
  },
};

/** 1x1 taps over planes that are read four elements at a time: four elements count as a row. */
export const pointwise: WeightGradientCandidate = {
  name: 'pointwise',
  applies: readsVectors,
  emit: (context, g, { input, outputCotangent, weightCotangent }) => {
    const size = [((g.outputSize[0] as number) * (g.outputSize[1] as number)) / 4, 4];
    const inFours = { ...g, inputSize: size, outputSize: size };
    const { inputs, outputs } = groupChannels(g);
    const tiles = Math.ceil(inputs / 8) * Math.ceil(outputs / 8) * g.groups;
    emitSplit(context, inFours, tiles, weightCotangent, (uniforms, partials) => ({
      kernel: 'conv2d-weight-gradient/weightGradientPointwise',
      uniforms,
      bindings: { inputVectors: input, cotangentVectors: outputCotangent, partials },
      threads: tiles * uniforms.splits,
      operations: convolutionOperations(g),
    }));
  },
};

/** One thread a weight and run of rows: for depthwise convolutions, and where a tile of 8x8 would be mostly empty. */
export const singleTap: WeightGradientCandidate = {
  ...tapKernel(
    'single-tap',
    'singleTap',
    () => true,
    (_g, elements) => elements,
  ),
  mayWin: (g) => {
    const { outputs } = groupChannels(g);
    return outputs === 1 || outputs * tapsOfGroup(g) <= 128;
  },
};

/** A window slides along the input's row, and a thread makes all taps of a row of the kernel. */
export const rows = tapKernel(
  'rows',
  'weightGradientRow',
  ({ kernelSize, strides, dilations }) => strides[1] === 1 && dilations[1] === 1 && (kernelSize[1] as number) <= WINDOW,
  (g) => {
    const { inputs, outputs } = groupChannels(g);
    return inputs * (g.kernelSize[0] as number) * Math.ceil(outputs / 8) * g.groups;
  },
);

/** A thread makes eight taps of eight channels: any stride and dilation. */
export const taps = tapKernel(
  'taps',
  'weightGradient',
  () => true,
  (g) => Math.ceil(tapsOfGroup(g) / 8) * Math.ceil(groupChannels(g).outputs / 8) * g.groups,
);

function tapKernel(
  name: string,
  entry: 'singleTap' | 'weightGradientRow' | 'weightGradient',
  applies: WeightGradientCandidate['applies'],
  tilesOf: (g: ConvolutionGeometry, elements: number) => number,
): WeightGradientCandidate {
  return {
    name,
    applies,
    emit: (context, g, { input, outputCotangent, weightCotangent }) => {
      const tiles = tilesOf(g, weightCotangent.elements);
      emitSplit(context, g, tiles, weightCotangent, (uniforms, partials) => ({
        kernel: `conv2d-weight-gradient/${entry}`,
        uniforms,
        bindings: { input, outputCotangent, partials },
        threads: tiles * uniforms.splits,
        operations: convolutionOperations(g),
      }));
    },
  };
}

type SplitUniforms = KernelSignatures['conv2d-weight-gradient/reducePartials']['uniforms'];
type SplitKernel = Extract<KernelName, `conv2d-weight-gradient/${string}`>;

/** Emits a call that sums runs of rows, each into its own partial result, and the sum of these. */
function emitSplit<K extends SplitKernel>(
  context: KernelContext,
  g: ConvolutionGeometry,
  tiles: number,
  w: Operand,
  call: (uniforms: SplitUniforms, partials: Operand) => TypedKernelCall<K>,
): void {
  const rowCount = g.batch * (g.outputSize[0] as number);
  const { splits, perSplit } = splitSum({
    length: rowCount,
    wanted: Math.ceil(WANTED_THREADS[context.adapterClass] / tiles),
    most: rowCount,
    elements: w.elements,
  });
  const partials = splits === 1 ? w : context.scratch('partials', [splits, w.elements]);
  const uniforms = { ...convolutionSizes(g), splits, rowsPerSplit: perSplit };
  context.emit(call(uniforms, partials));
  if (splits > 1) emitPartialSums(context, uniforms, partials, w);
}

/** w = the sum of the partial results, in their order. */
export function emitPartialSums(
  { emit }: Pick<KernelContext, 'emit'>,
  uniforms: SplitUniforms,
  partialSums: Operand,
  w: Operand,
): void {
  emit({
    kernel: 'conv2d-weight-gradient/reducePartials',
    uniforms,
    bindings: { partialSums, weightCotangent: w },
    threads: w.elements,
    operations: uniforms.splits * w.elements,
  });
}

/** The product that one picture adds: the cotangent's planes as rows, the input's as columns. */
export function planeProduct({ inputChannels, outputChannels, inputSize }: ConvolutionGeometry) {
  const plane = (inputSize[0] as number) * (inputSize[1] as number);
  return { rows: outputChannels, columns: inputChannels, inner: plane };
}
