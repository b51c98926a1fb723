import type { Operand } from '../../lowering.ts';
import type { ProductSizes } from '../kernel-problem.ts';

/** A matrix inside a tensor: element (i, j) lies at offset + i * rowStride + j * columnStride. */
export interface MatrixView {
  readonly operand: Operand;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** c [rows, columns] = a [rows, inner] * b [inner, columns], added to what is in c where `accumulate` is set. */
export interface ProductOperands {
  readonly a: MatrixView;
  readonly b: MatrixView;
  readonly c: MatrixView;
  readonly accumulate: boolean;
}

/** A rank-2 operand as a matrix, transposed where asked. */
export function matrix(operand: Operand, transposed = false): MatrixView {
  const columns = operand.shape[1] as number;
  return transposed
    ? { operand, offset: 0, rowStride: 1, columnStride: columns }
    : { operand, offset: 0, rowStride: columns, columnStride: 1 };
}

/** The same work as transpose of c = transpose of b * transpose of a. */
export function transposedProduct(
  { rows, columns, inner, transposeA, transposeB }: ProductSizes,
  { a, b, c, accumulate }: ProductOperands,
): [ProductSizes, ProductOperands] {
  const sizes = { rows: columns, columns: rows, inner, transposeA: !transposeB, transposeB: !transposeA };
  return [sizes, { a: transposed(b), b: transposed(a), c: transposed(c), accumulate }];
}

/** The uniforms that all kernels of products share. */
export function productUniforms({ rows, columns, inner }: ProductSizes, { a, b, c, accumulate }: ProductOperands) {
  return {
    rows,
    columns,
    inner,
    accumulate: accumulate ? 1 : 0,
    aOffset: a.offset,
    aRowStride: a.rowStride,
    aColumnStride: a.columnStride,
    bOffset: b.offset,
    bRowStride: b.rowStride,
    bColumnStride: b.columnStride,
    cOffset: c.offset,
    cRowStride: c.rowStride,
    cColumnStride: c.columnStride,
  };
}

export function transposed(view: MatrixView): MatrixView {
  return { ...view, rowStride: view.columnStride, columnStride: view.rowStride };
}
