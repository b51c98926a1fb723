/** What a file may ask for. Everything is checked before memory is taken. */
export const MOST_NODES = 100_000;
export const MOST_DIMENSIONS = 8;
export const DEEPEST_NESTING = 100;
/** Sizes such as `floor((H - 1) / 2) + 1`; a chain of concatenations could double them at every node. */
export const LONGEST_SIZE_EXPRESSION = 400;

const FREE_BYTES = 64 * 2 ** 20;

/** Bytes that the objects made from a file may take: in proportion to the file, plus what any small file may take. */
export function memoryAllowance(fileBytes: number): number {
  return 8 * fileBytes + FREE_BYTES;
}

/** What one reading of a file may still take. */
export interface ReadBudget {
  /** Elements that folding may compute: it bounds the time. */
  left: number;
  /** Bytes of tensors. */
  bytes: number;
}

/** Weights may be converted twice, shapes are small. */
export function readBudget(fileBytes: number, memory: number): ReadBudget {
  return { left: 2 * fileBytes + 2 ** 20, bytes: memory };
}
