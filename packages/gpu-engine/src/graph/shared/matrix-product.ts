import type { LoweringContext, Operand } from '../lowering.ts';

type Context = Pick<LoweringContext<unknown>, 'emit' | 'scratch' | 'kernels' | 'adapterClass'>;

/** A matrix inside a tensor: element (i, j) lies at offset + i * rowStride + j * columnStride. */
export interface MatrixView {
  readonly operand: Operand;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Threads that keep an adapter busy. The sums are split among as many, so the number also decides the bits. */
const WANTED_THREADS = { software: 1024, gpu: 32768 } as const;
const LARGEST_SCRATCH = 32 * 2 ** 20;
/** Products that a split sums at least. */
const SHORTEST_SPLIT = 64;

/** A rank-2 operand as a matrix, transposed where asked. */
export function matrix(operand: Operand, transposed = false): MatrixView {
  const columns = operand.shape[1] as number;
  return transposed
    ? { operand, offset: 0, rowStride: 1, columnStride: columns }
    : { operand, offset: 0, rowStride: columns, columnStride: 1 };
}

/** c [rows, columns] = a [rows, inner] * b [inner, columns], added to what is in c where `accumulate` is set. */
export function emitProduct(
  context: Context,
  [rows, columns, inner]: readonly [rows: number, columns: number, inner: number],
  a: MatrixView,
  b: MatrixView,
  c: MatrixView,
  accumulate = false,
): void {
  const operations = 2 * rows * columns * inner;
  const sizes = { rows, columns, inner };
  const factors = {
    aOffset: a.offset,
    aRowStride: a.rowStride,
    aColumnStride: a.columnStride,
    bOffset: b.offset,
    bRowStride: b.rowStride,
    bColumnStride: b.columnStride,
  };
  const result = {
    accumulate: accumulate ? 1 : 0,
    cOffset: c.offset,
    cRowStride: c.rowStride,
    cColumnStride: c.columnStride,
  };
  if (context.kernels === 'naive') {
    context.emit({
      kernel: 'matmul-naive/multiply',
      uniforms: { ...sizes, ...factors, ...result },
      bindings: { a: a.operand, b: b.operand, c: c.operand },
      threads: rows * columns,
      operations,
    });
    return;
  }
  // A tile of 8x8 would be mostly empty.
  const isThin = rows * columns <= 64 || rows < 4 || columns < 4;
  const tiles = isThin ? rows * columns : Math.ceil(rows / 8) * Math.ceil(columns / 8);
  const { splits, innerPerSplit } = splitInner(sizes, tiles, WANTED_THREADS[context.adapterClass]);
  const partials = splits === 1 ? undefined : context.scratch('partials', [splits, rows, columns]);
  const ownPlaces = { accumulate: 0, cOffset: 0, cRowStride: columns, cColumnStride: 1 };
  context.emit({
    kernel: isThin ? 'matmul/multiplyVector' : 'matmul/multiply',
    uniforms: { ...sizes, ...factors, ...(partials === undefined ? result : ownPlaces), splits, innerPerSplit },
    bindings: { a: a.operand, b: b.operand, c: partials ?? c.operand },
    threads: tiles * splits,
    operations,
  });
  if (partials === undefined) return;
  context.emit({
    kernel: 'matmul/reducePartials',
    uniforms: { ...sizes, ...factors, ...result, splits, innerPerSplit },
    bindings: { partials, c: c.operand },
    threads: rows * columns,
    operations: splits * rows * columns,
  });
}

function splitInner(
  { rows, columns, inner }: { readonly rows: number; readonly columns: number; readonly inner: number },
  tiles: number,
  wantedThreads: number,
) {
  const room = Math.max(1, Math.floor(LARGEST_SCRATCH / (4 * rows * columns)));
  const wanted = Math.min(Math.ceil(wantedThreads / tiles), Math.floor(inner / SHORTEST_SPLIT), room);
  const innerPerSplit = Math.ceil(inner / Math.max(1, wanted));
  return { splits: Math.ceil(inner / innerPerSplit), innerPerSplit };
}
