import { emitChosen, type KernelContext, type KernelPass, type TableRow } from '../kernel-choice.ts';
import type { ProductSizes } from '../kernel-problem.ts';
import { gainsFromOuterProducts, outerProducts, tiles, vector } from './product-register.ts';
import { dots, tileCount, tiles32, tiles64 } from './product-tiled.ts';
import { productUniforms, type MatrixView, type ProductOperands } from './views.ts';

/** In such shapes a tile would be mostly empty. */
const smallRow: TableRow<ProductSizes, ProductOperands> = {
  take: vector,
  when: ({ rows, columns }) => rows * columns <= 64 || rows < 4 || columns < 4,
};

const registerRows: readonly TableRow<ProductSizes, ProductOperands>[] = [
  { take: outerProducts, when: gainsFromOuterProducts },
  smallRow,
  { take: tiles },
];

/** Tiles of 64x64 from which a GPU is busy without smaller ones, and sums that are worth a workgroup: guesses. */
const MANY_TILES = 128;
const LONG_SUM = 256;

const tiledRows: readonly TableRow<ProductSizes, ProductOperands>[] = [
  { take: dots, when: ({ inner, transposeA, transposeB }) => inner >= LONG_SUM && !transposeA && transposeB },
  smallRow,
  { take: tiles64, when: (sizes) => tileCount(sizes, 64) >= MANY_TILES },
  { take: tiles32 },
];

export const productPass: KernelPass<ProductSizes, ProductOperands> = {
  problem: (sizes) => ({ kind: 'product', sizes }),
  candidates: [outerProducts, vector, tiles, tiles64, tiles32, dots],
  table: { software: registerRows, gpu: tiledRows },
  naive: ({ emit }, sizes, operands) => {
    const { rows, columns, inner } = sizes;
    emit({
      kernel: 'matmul-naive/multiply',
      uniforms: productUniforms(sizes, operands),
      bindings: { a: operands.a.operand, b: operands.b.operand, c: operands.c.operand },
      threads: rows * columns,
      operations: 2 * rows * columns * inner,
    });
  },
};

/** c [rows, columns] = a [rows, inner] * b [inner, columns], added to what is in c where `accumulate` is set. */
export function emitProduct(
  context: KernelContext,
  [rows, columns, inner]: readonly [rows: number, columns: number, inner: number],
  a: MatrixView,
  b: MatrixView,
  c: MatrixView,
  accumulate = false,
): void {
  const sizes = { rows, columns, inner, transposeA: a.columnStride !== 1, transposeB: b.columnStride !== 1 };
  emitChosen(productPass, context, sizes, { a, b, c, accumulate });
}
