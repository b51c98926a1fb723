import type { KernelCall, Operand } from '../../lowering.ts';
import type { KernelContext } from '../kernel-choice.ts';
import type { MatrixView } from './views.ts';

// Sums of outer products: the kernels of matmul-outer.wgsl, and of matmul-outer-subgroup.wgsl where subgroups have eight
// invocations. Both add in the same order.

/**
 * A factor in rows of its inner dimension: element m of row k of product z lies at offset + z * product + k * step + m.
 * All three are multiples of four.
 */
export interface InnerRows {
  readonly operand: Operand;
  readonly offset: number;
  readonly step: number;
  readonly product: number;
}

/** Where results lie: element (m, n) of product z at offset + z * product + m * rowStride + n * columnStride. */
export interface ResultView extends MatrixView {
  readonly product: number;
}

/** Sizes of c [products, rows, columns] = the sum over inner of a [factors, inner, rows] * b [products, inner, columns]. */
export interface OuterProducts {
  readonly products: number;
  /** Different factors a: product z has the one numbered z % factors. */
  readonly factors: number;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  /** Runs into which the inner dimension is cut, each with results of its own, [splits, products, …]. */
  readonly splits: number;
  readonly perSplit: number;
}

/** Rows and columns of a thread's tile, and threads of a workgroup. */
const TILE = 8;
const WORKGROUP = 64;
/** Invocations of the subgroups that share loads, the columns of one of their tiles, and its rows at most. */
const SHARING = 8;
const SHARED_COLUMNS = 32;
const SHARED_ROWS = [8, 16, 24, 32] as const;
/** What a tile's two loads take, in rows of multiply-adds, as measured on lavapipe. */
const LOADS = 25;

/** Emits the products; results that are added to what is in c need `accumulate`. */
export function emitOuterProducts(
  { emit, subgroupSize }: Pick<KernelContext, 'emit' | 'subgroupSize'>,
  sizes: OuterProducts,
  a: InnerRows,
  b: InnerRows,
  c: ResultView,
  accumulate = false,
): void {
  const { products, factors, rows, columns, inner, splits, perSplit } = sizes;
  const call = {
    uniforms: {
      rows,
      columns,
      inner,
      products,
      factors,
      splits,
      innerPerSplit: perSplit,
      aOffset: a.offset / 4,
      aStep: a.step / 4,
      aProduct: a.product / 4,
      bOffset: b.offset / 4,
      bStep: b.step / 4,
      bProduct: b.product / 4,
      cOffset: c.offset,
      cRowStride: c.rowStride,
      cColumnStride: c.columnStride,
      cProduct: c.product,
      accumulate: accumulate ? 1 : 0,
    },
    operations: 2 * products * rows * columns * inner,
  };
  const read = { a: a.operand, b: b.operand };
  const isVectors =
    !accumulate && c.columnStride === 1 && [columns, c.offset, c.rowStride, c.product].every((size) => size % 4 === 0);
  if (subgroupSize === SHARING) {
    const tileRows = sharedRows(rows);
    const tiles = Math.ceil(rows / tileRows) * Math.ceil(columns / SHARED_COLUMNS) * products * splits;
    const threads = WORKGROUP * Math.ceil((tiles * SHARING) / WORKGROUP);
    const shared = { ...call, variant: { ROWS: tileRows }, threads };
    if (isVectors) {
      const bindings = { ...read, cVectors: c.operand };
      emit({ ...shared, kernel: 'matmul-outer-subgroup/multiplyVectors', bindings });
    } else {
      emit({ ...shared, kernel: 'matmul-outer-subgroup/multiply', bindings: { ...read, c: c.operand } });
    }
    return;
  }
  const groups = Math.ceil(columns / (TILE * WORKGROUP)) * Math.ceil(rows / TILE);
  const threads = WORKGROUP * groups * products * splits;
  if (isVectors) {
    emit({ ...call, threads, kernel: 'matmul-outer/multiplyVectors', bindings: { ...read, cVectors: c.operand } });
  } else {
    emit({ ...call, threads, kernel: 'matmul-outer/multiply', bindings: { ...read, c: c.operand } });
  }
}

/** Rows of the tiles that take the least for so many rows. */
function sharedRows(rows: number): number {
  const cost = (tileRows: number) => Math.ceil(rows / tileRows) * (LOADS + tileRows);
  return SHARED_ROWS.reduce((best, tileRows) => (cost(tileRows) <= cost(best) ? tileRows : best));
}

/** The factor that a matrix [rows, inner] is as it lies in memory, where its rows lie side by side and on multiples of four. */
export function innerRowsOf({ operand, offset, rowStride, columnStride }: MatrixView): InnerRows | undefined {
  const fits = rowStride === 1 && offset % 4 === 0 && columnStride % 4 === 0;
  return fits ? { operand, offset, step: columnStride, product: 0 } : undefined;
}

/** Matrices [rows, inner] of one operand, each matrixStride elements after the other. */
export interface Matrices {
  readonly rows: number;
  readonly inner: number;
  readonly matrices: number;
  readonly matrixStride: number;
}

/** Matrices as a factor, one after another; the copy is kept beside the operand where that is a parameter. */
export function copyOfRows(
  { derived }: Pick<KernelContext, 'derived'>,
  { operand, offset, rowStride, columnStride: innerStride }: MatrixView,
  { rows, inner, matrices, matrixStride }: Matrices,
): InnerRows {
  const step = fours(rows);
  const uniforms = { rows, inner, matrices, offset, matrixStride, rowStride, innerStride };
  const copied = derived(operand, {
    key: `inner rows ${Object.values(uniforms).join()}`,
    shape: [matrices, inner, step],
    lower: (matrix, copy): readonly KernelCall[] => [
      {
        kernel: 'inner-rows/main',
        variant: { ALONG_INNER: innerStride < rowStride ? 1 : 0 },
        uniforms,
        bindings: { matrix, copy },
        threads: (matrices * inner * step) / 4,
        operations: matrices * rows * inner,
      },
    ],
  });
  return { operand: copied, offset: 0, step, product: inner * step };
}

/** Matrices of one operand, one after another, whose rows lie side by side: planes, one inner element each. */
export function sideBySide(
  context: Pick<KernelContext, 'derived'>,
  operand: Operand,
  { rows, inner, matrices }: Omit<Matrices, 'matrixStride'>,
): InnerRows {
  if (rows % 4 === 0) return { operand, offset: 0, step: rows, product: inner * rows };
  const view = { operand, offset: 0, rowStride: 1, columnStride: rows };
  return copyOfRows(context, view, { rows, inner, matrices, matrixStride: inner * rows });
}

/** The next multiple of four: factors are read in vectors. */
export function fours(count: number): number {
  return 4 * Math.ceil(count / 4);
}
