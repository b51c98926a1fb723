import type { Operand } from '../../lowering.ts';
import type { Candidate, KernelContext } from '../kernel-choice.ts';
import type { ProductSizes } from '../kernel-problem.ts';
import { LARGEST_SCRATCH, splitSum } from '../split-sum.ts';
import { copyOfRows, emitOuterProducts, innerRowsOf, type InnerRows } from './outer-products.ts';
import { emitSplitProduct, type SplitUniforms } from './split-product.ts';
import { transposed, transposedProduct, type MatrixView, type ProductOperands } from './views.ts';

// Kernels without workgroup memory or barriers. Long sums are split among threads, and then added in order.

type ProductCandidate = Candidate<ProductSizes, ProductOperands>;

/** Threads that keep an adapter busy. The sums are split among as many, so the number also decides the bits. */
const WANTED_THREADS = { software: 1024, gpu: 32768 } as const;
/** Rows and columns of a thread's tile. */
const TILE = 8;
/** Products that a split sums at least. */
const SHORTEST_SPLIT = 64;
/** Rows and columns from which copies of both matrices pay. */
const SHORTEST_OUTER = 24;

/** From factors whose rows or columns lie side by side in memory, or from such copies of them. */
export const outerProducts: ProductCandidate = {
  name: 'outer products',
  applies: ({ rows, columns, inner }) => inner > 0 && 4 * (Math.max(rows, columns) + 3) * inner <= LARGEST_SCRATCH,
  mayWin: ({ rows, columns }) => Math.min(rows, columns) >= 4,
  emit: (context, sizes, operands) => {
    // The transposed product is the same work; its rows are filled up to tiles, and its columns lie along the threads.
    if (sizes.rows > sizes.columns) emitOuter(context, ...transposedProduct(sizes, operands));
    else emitOuter(context, sizes, operands);
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

/** Whether a product of these sizes gains from copies of its factors on software adapters. */
export function gainsFromOuterProducts({ rows, columns }: Pick<ProductSizes, 'rows' | 'columns'>): boolean {
  return Math.min(rows, columns) >= SHORTEST_OUTER;
}

function emitOuter(context: KernelContext, sizes: ProductSizes, operands: ProductOperands): void {
  const { rows, columns, inner } = sizes;
  const a = innerRows(context, operands.a, [rows, inner]);
  const b = innerRows(context, transposed(operands.b), [columns, inner]);
  const count = Math.ceil(rows / TILE) * Math.ceil(columns / TILE);
  emitSplit(context, sizes, operands, count, (uniforms, operand) => {
    const { splits, innerPerSplit: perSplit, cOffset: offset, cRowStride, cColumnStride, accumulate } = uniforms;
    const c = { operand, offset, rowStride: cRowStride, columnStride: cColumnStride, product: rows * columns };
    emitOuterProducts(
      context,
      { products: 1, factors: 1, rows, columns, inner, splits, perSplit },
      a,
      b,
      c,
      accumulate === 1,
    );
  });
}

function innerRows(
  context: KernelContext,
  view: MatrixView,
  [rows, inner]: readonly [rows: number, inner: number],
): InnerRows {
  return innerRowsOf(view) ?? copyOfRows(context, view, { rows, inner, matrices: 1, matrixStride: 0 });
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
