import { ConvscopeError, elementCount, shapeText } from '../graph/index.ts';

/** Rows [start, start + rows) of a tensor's first dimension, in bytes of 4-byte elements. */
export interface Chunk {
  readonly start: number;
  readonly rows: number;
  readonly bytes: number;
}

/** Cuts a tensor into chunks of whole rows that each fit a binding. Throws `device-limit` where one row does not. */
export function chunkRows(shape: readonly number[], maxBindingBytes: number): readonly Chunk[] {
  const bytes = elementCount(shape) * 4;
  const rows = shape[0] ?? 1;
  if (bytes <= maxBindingBytes) return [{ start: 0, rows, bytes }];
  const rowBytes = bytes / rows;
  const perChunk = Math.floor(maxBindingBytes / rowBytes);
  if (perChunk < 1) {
    throw new ConvscopeError('device-limit', 'one row of the tensor is larger than a binding', {
      got: `${rowBytes} bytes a row in ${shapeText(shape)}`,
      wanted: `at most ${maxBindingBytes}`,
    });
  }
  const chunks: Chunk[] = [];
  for (let start = 0; start < rows; start += perChunk) {
    const count = Math.min(perChunk, rows - start);
    chunks.push({ start, rows: count, bytes: count * rowBytes });
  }
  return chunks;
}
