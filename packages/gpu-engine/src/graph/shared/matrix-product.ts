import type { KernelSignatures } from '../../kernels/kernels.gen.ts';
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
/** Rows and columns of a thread's tile, and threads of a workgroup. */
const TILE = 8;
const WORKGROUP = 64;
const LARGEST_SCRATCH = 32 * 2 ** 20;
/** Products that a split sums at least. */
const SHORTEST_SPLIT = 64;
/** Rows and columns from which packed copies of both matrices pay. */
const SHORTEST_PACKED = 24;

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
  const isPacked = context.kernels === 'fast' && canPack([rows, columns, inner]);
  if (isPacked && rows > columns) {
    // The transposed product is the same work, with the longer side along the threads of a workgroup.
    emitProduct(context, [columns, rows, inner], transposed(b), transposed(a), transposed(c), accumulate);
    return;
  }
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
  // In other shapes a tile of 8x8 would be mostly empty.
  const isThin = rows * columns <= 64 || rows < 4 || columns < 4;
  const tiles = isThin ? rows * columns : Math.ceil(rows / TILE) * Math.ceil(columns / TILE);
  const { splits, innerPerSplit } = splitInner(sizes, tiles, WANTED_THREADS[context.adapterClass]);
  const partials = splits === 1 ? undefined : context.scratch('partials', [splits, rows, columns]);
  const ownPlaces = { accumulate: 0, cOffset: 0, cRowStride: columns, cColumnStride: 1 };
  const uniforms = { ...sizes, ...factors, ...(partials === undefined ? result : ownPlaces), splits, innerPerSplit };
  if (isPacked) {
    const packedA = emitPacked(context, 'packedA', a, rows, uniforms);
    const packedB = emitPacked(context, 'packedB', transposed(b), columns, uniforms);
    context.emit({
      kernel: 'matmul/multiplyPacked',
      uniforms,
      bindings: { packedA, packedB, c: partials ?? c.operand },
      threads: WORKGROUP * Math.ceil(rows / TILE) * Math.ceil(columns / (TILE * WORKGROUP)) * splits,
      operations,
    });
  } else {
    context.emit({
      kernel: isThin ? 'matmul/multiplyVector' : 'matmul/multiply',
      uniforms,
      bindings: { a: a.operand, b: b.operand, c: partials ?? c.operand },
      threads: tiles * splits,
      operations,
    });
  }
  if (partials === undefined) return;
  context.emit({
    kernel: 'matmul/reducePartials',
    uniforms: { ...sizes, ...factors, ...result, splits, innerPerSplit },
    bindings: { partials, c: c.operand },
    threads: rows * columns,
    operations: splits * rows * columns,
  });
}

function transposed(view: MatrixView): MatrixView {
  return { ...view, rowStride: view.columnStride, columnStride: view.rowStride };
}

/** Whether a product of these sizes [rows, columns, inner] gains from packed copies of both matrices. */
export function canPack([rows, columns, inner]: readonly [number, number, number]): boolean {
  const largest = 4 * Math.ceil(Math.max(rows, columns) / TILE) * TILE * inner;
  return inner > 0 && Math.min(rows, columns) >= SHORTEST_PACKED && largest <= LARGEST_SCRATCH;
}

/** A copy of a matrix's rows, eight and eight side by side. */
function emitPacked(
  { emit, scratch }: Context,
  label: string,
  { operand, offset, rowStride, columnStride }: MatrixView,
  rows: number,
  uniforms: KernelSignatures['matmul/packRows']['uniforms'],
): Operand {
  const tiles = Math.ceil(rows / TILE);
  const packed = scratch(label, [tiles, uniforms.inner, TILE]);
  emit({
    kernel: 'matmul/packRows',
    uniforms: { ...uniforms, rows, aOffset: offset, aRowStride: rowStride, aColumnStride: columnStride },
    bindings: { a: operand, packed },
    threads: 2 * tiles * uniforms.inner,
    operations: rows * uniforms.inner,
  });
  return packed;
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
