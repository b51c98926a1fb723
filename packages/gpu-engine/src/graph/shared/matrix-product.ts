import type { LoweringContext, Operand } from '../lowering.ts';

/** A matrix inside a tensor: element (i, j) lies at offset + i * rowStride + j * columnStride. */
export interface MatrixView {
  readonly operand: Operand;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** A rank-2 operand as a matrix, transposed where asked. */
export function matrix(operand: Operand, transposed = false): MatrixView {
  const columns = operand.shape[1] as number;
  return transposed
    ? { operand, offset: 0, rowStride: 1, columnStride: columns }
    : { operand, offset: 0, rowStride: columns, columnStride: 1 };
}

/** c [rows, columns] = a [rows, inner] * b [inner, columns], added to what is in c where `accumulate` is set. */
export function emitProduct(
  context: Pick<LoweringContext<unknown>, 'emit' | 'scratch'>,
  [rows, columns, inner]: readonly [rows: number, columns: number, inner: number],
  a: MatrixView,
  b: MatrixView,
  c: MatrixView,
  accumulate = false,
): void {
  context.emit({
    kernel: 'matmul-naive/multiply',
    uniforms: {
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
    },
    bindings: { a: a.operand, b: b.operand, c: c.operand },
    threads: rows * columns,
    operations: 2 * rows * columns * inner,
  });
}
