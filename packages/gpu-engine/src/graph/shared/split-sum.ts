// Long sums are split into runs, each summed into a partial result of its own, which are then added in order. How many runs
// there are decides the bits.

/** Bytes that the partial results of one sum, or copies of its factors, may take. */
export const LARGEST_SCRATCH = 32 * 2 ** 20;
/** Workgroups that keep a GPU busy: a guess. */
const WANTED_WORKGROUPS = 256;
/** Products that a workgroup's run sums at least. */
const SHORTEST_RUN = 128;

export interface SumToSplit {
  readonly length: number;
  /** Runs that keep the adapter busy. */
  readonly wanted: number;
  /** Runs that are long enough, at most. Default: as many as are wanted. */
  readonly most?: number;
  /** Elements of the result. */
  readonly elements: number;
  /** Runs are of whole steps, but the last. Default: 1. */
  readonly step?: number;
}

export function splitSum({ length, wanted, most = wanted, elements, step = 1 }: SumToSplit) {
  const room = Math.floor(LARGEST_SCRATCH / (4 * elements));
  const runs = Math.max(1, Math.min(wanted, most, room));
  const perSplit = Math.max(1, Math.ceil(length / runs / step)) * step;
  return { splits: Math.max(1, Math.ceil(length / perSplit)), perSplit };
}

/** Splits a sum of `products` products an element among the workgroups of a GPU; a run's result has `tiles` tiles. */
export function splitAmongWorkgroups({
  products,
  tiles,
  ...sum
}: Pick<SumToSplit, 'length' | 'elements' | 'step'> & { readonly products: number; readonly tiles: number }) {
  const wanted = Math.ceil(WANTED_WORKGROUPS / tiles);
  return splitSum({ ...sum, wanted, most: Math.floor(products / SHORTEST_RUN) });
}
