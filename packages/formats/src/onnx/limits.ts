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

/** Elements that folding may compute in all: weights may be converted twice, shapes are small. */
export function foldAllowance(fileBytes: number): number {
  return 2 * fileBytes + 2 ** 20;
}
