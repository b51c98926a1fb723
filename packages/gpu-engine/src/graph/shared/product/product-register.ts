import type { Operand } from '../../lowering.ts';
import type { Candidate, KernelContext } from '../kernel-choice.ts';
import type { ProductSizes } from '../kernel-problem.ts';
import { LARGEST_SCRATCH, splitSum } from '../split-sum.ts';
import { emitSplitProduct, type SplitUniforms } from './split-product.ts';
import { transposed, transposedProduct, type MatrixView, type ProductOperands } from './views.ts';

// Kernels without workgroup memory or barriers. Long sums are split among threads, and then added in order.

type ProductCandidate = Candidate<ProductSizes, ProductOperands>;

/** Threads that keep an adapter busy. The sums are split among as many, so the number also decides the bits. */
const WANTED_THREADS = { software: 1024, gpu: 32768 } as const;
/** Rows and columns of a thread's tile, and threads of a workgroup. */
const TILE = 8;
const WORKGROUP = 64;
/** Products that a split sums at least. */
const SHORTEST_SPLIT = 64;
/** Rows and columns from which packed copies of both matrices pay. */
const SHORTEST_PACKED = 24;

/** Tiles of 8x8 from copies of both matrices in which a tile's rows and columns lie side by side. */
export const packed: ProductCandidate = {
  name: 'packed',
  applies: fitsPackedCopies,
  mayWin: ({ rows, columns }) => Math.min(rows, columns) >= 4,
  emit: (context, sizes, operands) => {
    // The transposed product is the same work, with the longer side along the threads of a workgroup.
    if (sizes.rows > sizes.columns) emitPacked(context, ...transposedProduct(sizes, operands));
    else emitPacked(context, sizes, operands);
  },
};

/** Tiles of 8x8 straight from the matrices: where copies would cost more than they save. */
export const tiles: ProductCandidate = {
  name: 'tiles',
  applies: () => true,
  emit: (context, sizes, operands) => {
    const count = Math.ceil(sizes.rows / TILE) * Math.ceil(sizes.columns / TILE);
    emitUnpacked(context, 'matmul/multiply', sizes, operands, count);
  },
};

/** One element a thread: for results with few rows and columns. */
export const vector: ProductCandidate = {
  name: 'vector',
  applies: () => true,
  mayWin: ({ rows, columns }) => Math.min(rows, columns) < TILE || rows * columns <= 4096,
  emit: (context, sizes, operands) => {
    emitUnpacked(context, 'matmul/multiplyVector', sizes, operands, sizes.rows * sizes.columns);
  },
};

/** Whether packed copies of both matrices are of bearable size. */
export function fitsPackedCopies({ rows, columns, inner }: Pick<ProductSizes, 'rows' | 'columns' | 'inner'>): boolean {
  return inner > 0 && 4 * Math.ceil(Math.max(rows, columns) / TILE) * TILE * inner <= LARGEST_SCRATCH;
}

/** Whether a product of these sizes gains from packed copies on software adapters. */
export function gainsFromPackedCopies({ rows, columns }: Pick<ProductSizes, 'rows' | 'columns'>): boolean {
  return Math.min(rows, columns) >= SHORTEST_PACKED;
}

function emitPacked(context: KernelContext, sizes: ProductSizes, operands: ProductOperands): void {
  const { rows, columns, inner } = sizes;
  const count = Math.ceil(rows / TILE) * Math.ceil(columns / TILE);
  emitSplit(context, sizes, operands, count, (uniforms, c) => {
    const { a, b } = operands;
    const packedA = emitCopyOfRows(context, 'packedA', a, rows, uniforms);
    const packedB = emitCopyOfRows(context, 'packedB', transposed(b), columns, uniforms);
    context.emit({
      kernel: 'matmul/multiplyPacked',
      uniforms,
      bindings: { packedA, packedB, c },
      threads: WORKGROUP * Math.ceil(rows / TILE) * Math.ceil(columns / (TILE * WORKGROUP)) * uniforms.splits,
      operations: 2 * rows * columns * inner,
    });
  });
}

function emitUnpacked(
  context: KernelContext,
  kernel: 'matmul/multiply' | 'matmul/multiplyVector',
  sizes: ProductSizes,
  operands: ProductOperands,
  count: number,
): void {
  emitSplit(context, sizes, operands, count, (uniforms, c) => {
    context.emit({
      kernel,
      uniforms,
      bindings: { a: operands.a.operand, b: operands.b.operand, c },
      threads: count * uniforms.splits,
      operations: 2 * sizes.rows * sizes.columns * sizes.inner,
    });
  });
}

/** Emits what sums runs of the inner dimension, among as many threads as keep the adapter busy. */
function emitSplit(
  context: KernelContext,
  sizes: ProductSizes,
  operands: ProductOperands,
  count: number,
  emitRuns: (uniforms: SplitUniforms, c: Operand) => void,
): void {
  const { rows, columns, inner } = sizes;
  const split = splitSum({
    length: inner,
    wanted: Math.ceil(WANTED_THREADS[context.adapterClass] / count),
    most: Math.floor(inner / SHORTEST_SPLIT),
    elements: rows * columns,
  });
  emitSplitProduct(context, sizes, operands, split, emitRuns);
}

/** A copy of a matrix's rows, eight and eight side by side. */
function emitCopyOfRows(
  { emit, scratch }: KernelContext,
  label: string,
  { operand, offset, rowStride, columnStride }: MatrixView,
  rows: number,
  uniforms: SplitUniforms,
): Operand {
  const count = Math.ceil(rows / TILE);
  const copy = scratch(label, [count, uniforms.inner, TILE]);
  emit({
    kernel: 'matmul/packRows',
    uniforms: { ...uniforms, rows, aOffset: offset, aRowStride: rowStride, aColumnStride: columnStride },
    bindings: { a: operand, packed: copy },
    threads: 2 * count * uniforms.inner,
    operations: rows * uniforms.inner,
  });
  return copy;
}
