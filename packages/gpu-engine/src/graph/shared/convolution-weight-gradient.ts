import type { KernelSignatures } from '../../kernels/kernels.gen.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import { emitCopy } from './copy.ts';
import type { ConvolutionGeometry } from './convolution.ts';
import { canPack, emitProduct } from './matrix-product.ts';
import {
  convolutionOperations,
  convolutionSizes,
  groupChannels,
  keepsPlaces,
  readsVectors,
} from './convolution-sizes.ts';

type Context = Pick<LoweringContext<unknown>, 'emit' | 'scratch' | 'kernels' | 'adapterClass'>;

/** Threads that keep an adapter busy. The sums are split among as many, so the number also decides the bits. */
const WANTED_THREADS = { software: 8192, gpu: 65536 } as const;
const LARGEST_SCRATCH = 32 * 2 ** 20;
/** Weights of a group from which a tile of 8x8 is not mostly empty. */
const SMALLEST_TILED = 12;
/** Pictures up to which 1x1 convolutions are products of matrices, one after another. */
const MOST_PRODUCTS = 4;
/** Kernel widths that the shader's row kernel is for: its window of five would be too empty, or too short, for others. */
const ROW_WIDTHS = { least: 4, most: 5 } as const;

/** w = the gradient of the weights from x and y, the output's cotangent; sums over rows of pixels are split. */
export function emitWeightGradient(context: Context, g: ConvolutionGeometry, x: Operand, y: Operand, w: Operand): void {
  const operations = convolutionOperations(g);
  if (context.kernels === 'naive') {
    context.emit({
      kernel: 'conv2d-naive/weightGradient',
      uniforms: convolutionSizes(g),
      bindings: { input: x, outputCotangent: y, weightCotangent: w },
      threads: w.elements,
      operations,
    });
    return;
  }
  if (isMatrixProduct(g)) {
    emitAsProducts(context, g, x, y, w);
    return;
  }
  if (readsVectors(g) && groupChannels(g).outputs * groupChannels(g).inputs >= SMALLEST_TILED) {
    emitPointwise(context, g, x, y, w);
    return;
  }
  const { inputs, outputs } = groupChannels(g);
  const taps = inputs * (g.kernelSize[0] as number) * (g.kernelSize[1] as number);
  const isSingle = outputs === 1 || outputs * taps < SMALLEST_TILED;
  const isRow = !isSingle && slidesAlongRows(g);
  const tapTiles = isRow ? inputs * (g.kernelSize[0] as number) : Math.ceil(taps / 8);
  const tiles = isSingle ? w.elements : tapTiles * Math.ceil(outputs / 8) * g.groups;
  const { splits, rowsPerSplit } = splitRows(g, tiles, w.elements, WANTED_THREADS[context.adapterClass]);
  const partials = splits === 1 ? w : context.scratch('partials', [splits, w.elements]);
  const uniforms = { ...convolutionSizes(g), splits, rowsPerSplit };
  context.emit({
    kernel: `conv2d-weight-gradient/${isSingle ? 'singleTap' : isRow ? 'weightGradientRow' : 'weightGradient'}`,
    uniforms,
    bindings: { input: x, outputCotangent: y, partials },
    threads: tiles * splits,
    operations,
  });
  if (splits > 1) emitReduction(context, uniforms, partials, w);
}

/** With 1x1 taps, each picture adds the product of two matrices of planes. */
function isMatrixProduct(g: ConvolutionGeometry): boolean {
  const [height, width] = g.inputSize as [number, number];
  const isFewPictures = g.batch >= 1 && g.batch <= MOST_PRODUCTS;
  const sizes = [g.outputChannels, g.inputChannels, height * width] as const;
  return keepsPlaces(g) && g.groups === 1 && isFewPictures && canPack(sizes);
}

function emitAsProducts(context: Context, g: ConvolutionGeometry, x: Operand, y: Operand, w: Operand): void {
  const { batch, inputChannels, outputChannels, inputSize } = g;
  const plane = (inputSize[0] as number) * (inputSize[1] as number);
  for (let n = 0; n < batch; n++) {
    emitProduct(
      context,
      [outputChannels, inputChannels, plane],
      { operand: y, offset: n * outputChannels * plane, rowStride: plane, columnStride: 1 },
      { operand: x, offset: n * inputChannels * plane, rowStride: 1, columnStride: plane },
      { operand: w, offset: 0, rowStride: inputChannels, columnStride: 1 },
      n > 0,
    );
  }
}

/** Four elements of a plane count as a row. */
function emitPointwise(context: Context, g: ConvolutionGeometry, x: Operand, y: Operand, w: Operand): void {
  const size = [((g.outputSize[0] as number) * (g.outputSize[1] as number)) / 4, 4];
  const inFours = { ...g, inputSize: size, outputSize: size };
  const { inputs, outputs } = groupChannels(g);
  const tiles = Math.ceil(inputs / 8) * Math.ceil(outputs / 8) * g.groups;
  const { splits, rowsPerSplit } = splitRows(inFours, tiles, w.elements, WANTED_THREADS[context.adapterClass]);
  const partials = splits === 1 ? w : context.scratch('partials', [splits, w.elements]);
  const uniforms = { ...convolutionSizes(inFours), splits, rowsPerSplit };
  context.emit({
    kernel: 'conv2d-weight-gradient/weightGradientPointwise',
    uniforms,
    bindings: { inputVectors: x, cotangentVectors: y, partials },
    threads: tiles * splits,
    operations: convolutionOperations(g),
  });
  if (splits > 1) emitReduction(context, uniforms, partials, w);
}

function emitReduction(
  { emit }: Pick<Context, 'emit'>,
  uniforms: KernelSignatures['conv2d-weight-gradient/reducePartials']['uniforms'],
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

/** w = the sum of gradients that ranges of a batch gave, in their order. */
export function emitSumOfRanges(
  { emit, scratch }: Context,
  g: ConvolutionGeometry,
  ofRanges: readonly Operand[],
  w: Operand,
): void {
  const splits = ofRanges.length;
  const [rows = 1, ...row] = w.shape;
  const partialSums = scratch('ranges', [splits * rows, ...row]);
  ofRanges.forEach((range, index) => {
    emitCopy(emit, range, partialSums, { axis: 0, length: rows, inputStart: 0, outputStart: index * rows });
  });
  emitReduction({ emit }, { ...convolutionSizes(g), splits, rowsPerSplit: 1 }, partialSums, w);
}

function slidesAlongRows({ kernelSize, strides, dilations }: ConvolutionGeometry): boolean {
  const width = kernelSize[1] as number;
  return strides[1] === 1 && dilations[1] === 1 && width >= ROW_WIDTHS.least && width <= ROW_WIDTHS.most;
}

function splitRows(g: ConvolutionGeometry, tiles: number, elements: number, wantedThreads: number) {
  const rows = g.batch * (g.outputSize[0] as number);
  const most = Math.max(1, Math.floor(LARGEST_SCRATCH / (4 * elements)));
  const wanted = Math.min(Math.ceil(wantedThreads / tiles), rows, most);
  const rowsPerSplit = Math.ceil(rows / Math.max(1, wanted));
  return { splits: Math.ceil(rows / rowsPerSplit), rowsPerSplit };
}
