import type { Candidate, KernelContext } from '../kernel-choice.ts';
import type { ProductSizes } from '../kernel-problem.ts';
import { splitAmongWorkgroups } from '../split-sum.ts';
import { emitSplitProduct } from './split-product.ts';
import { productUniforms, transposedProduct, type ProductOperands } from './views.ts';

// Kernels for GPUs, of matmul-tiled.wgsl: workgroups read tiles of both factors through their own memory.

type ProductCandidate = Candidate<ProductSizes, ProductOperands>;

const WORKGROUP = 64;
/** The inner dimension that a workgroup has in its memory at a time. */
const DEPTH = 16;
/** Rows that `dots` computes at most. */
const MOST_DOTS = 8;

/** Tiles of 64x64, for results that have many of them. */
export const tiles64 = tiled(64);

/** Tiles of 32x32, for results with few tiles of 64x64. */
export const tiles32 = tiled(32);

/** A workgroup an element along the longer side: for few rows or columns, and inner dimensions that lie side by side. */
export const dots: ProductCandidate = {
  name: 'workgroup dots',
  applies: ({ rows, columns }) => Math.min(rows, columns) <= MOST_DOTS,
  emit: (context, sizes, operands) => {
    if (sizes.rows > sizes.columns) emitDots(context, ...transposedProduct(sizes, operands));
    else emitDots(context, sizes, operands);
  },
};

/** Tiles of `size` x `size` that a result has. */
export function tileCount({ rows, columns }: ProductSizes, size: number): number {
  return Math.ceil(rows / size) * Math.ceil(columns / size);
}

function tiled(size: 32 | 64): ProductCandidate {
  return {
    name: `workgroup tiles ${size}x${size}`,
    applies: () => true,
    // Where a tile is mostly empty, others are faster.
    mayWin: ({ rows, columns }) => 4 * Math.min(rows, columns) > size,
    emit: (context, sizes, operands) => {
      const { rows, columns, inner } = sizes;
      const count = tileCount(sizes, size);
      const split = splitAmongWorkgroups({
        length: inner,
        products: inner,
        tiles: count,
        elements: rows * columns,
        step: DEPTH,
      });
      emitSplitProduct(context, sizes, operands, split, (uniforms, c) => {
        context.emit({
          kernel: 'matmul-tiled/multiply',
          variant: { ROWS: size / 8, COLUMNS: size / 8 },
          uniforms,
          bindings: { a: operands.a.operand, b: operands.b.operand, c },
          threads: WORKGROUP * count * uniforms.splits,
          operations: 2 * rows * columns * inner,
        });
      });
    },
  };
}

function emitDots({ emit }: KernelContext, sizes: ProductSizes, operands: ProductOperands): void {
  emit({
    kernel: 'matmul-tiled/dot',
    variant: { ROWS: sizes.rows <= 4 ? 4 : MOST_DOTS, COLUMNS: 4 },
    uniforms: { ...productUniforms(sizes, operands), splits: 1, innerPerSplit: sizes.inner },
    bindings: { a: operands.a.operand, b: operands.b.operand, c: operands.c.operand },
    threads: WORKGROUP * sizes.columns,
    operations: 2 * sizes.rows * sizes.columns * sizes.inner,
  });
}
