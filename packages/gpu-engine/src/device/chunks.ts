import { ConvscopeError, elementCount, shapeText } from '../graph/index.ts';

/** Rows [start, start + rows) of a tensor's first dimension, in bytes of 4-byte elements. */
export interface Chunk {
  readonly start: number;
  /** 0 where one row is larger than a binding, and chunks are cut inside of rows; `start` then counts elements. */
  readonly rows: number;
  readonly bytes: number;
}

/** Chunks of a tensor that is cut inside of its rows, at most. */
const MOST_CHUNKS = 64;

/**
 * Cuts a tensor into chunks that each fit a binding: of whole rows, or where one row does not fit, of as many elements
 * as do. All chunks but the last have one size. Throws `device-limit` where a row would take more than 64.
 */
export function chunkRows(shape: readonly number[], maxBindingBytes: number): readonly Chunk[] {
  const bytes = elementCount(shape) * 4;
  const rows = shape[0] ?? 1;
  if (bytes <= maxBindingBytes) return [{ start: 0, rows, bytes }];
  const rowBytes = bytes / rows;
  const perChunk = Math.floor(maxBindingBytes / rowBytes);
  if (perChunk < 1) return chunkElements(shape, maxBindingBytes);
  const chunks: Chunk[] = [];
  for (let start = 0; start < rows; start += perChunk) {
    const count = Math.min(perChunk, rows - start);
    chunks.push({ start, rows: count, bytes: count * rowBytes });
  }
  return chunks;
}

function chunkElements(shape: readonly number[], maxBindingBytes: number): readonly Chunk[] {
  const bytes = elementCount(shape) * 4;
  const perChunk = Math.floor(maxBindingBytes / 16) * 16;
  const count = Math.ceil(bytes / perChunk);
  if (!(count <= MOST_CHUNKS)) {
    throw new ConvscopeError('device-limit', 'one row of the tensor is larger than many bindings', {
      got: `${bytes} bytes in ${shapeText(shape)}`,
      wanted: `at most ${MOST_CHUNKS} bindings of ${maxBindingBytes}`,
    });
  }
  return Array.from({ length: count }, (_, index) => {
    const start = index * perChunk;
    return { start: start / 4, rows: 0, bytes: Math.min(perChunk, bytes - start) };
  });
}

/** Consecutive bytes of a tensor that lie in one buffer. */
export interface Piece {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly bytes: number;
}

/** The pieces of a tensor whose chunks lie `offset` bytes into buffers. A buffer may be larger than its chunk. */
export function piecesOf(
  buffers: readonly GPUBuffer[],
  shape: readonly number[],
  maxBindingBytes: number,
  offset = 0,
): readonly Piece[] {
  return chunkRows(shape, maxBindingBytes).map(({ bytes }, index) => ({
    buffer: buffers[index] as GPUBuffer,
    offset,
    bytes,
  }));
}

/** Copies a tensor into one of as many bytes, whether or not both are cut at the same places. */
export function encodeCopy(encoder: GPUCommandEncoder, from: readonly Piece[], to: readonly Piece[]): void {
  let [source, target, sourceDone, targetDone] = [0, 0, 0, 0];
  while (source < from.length && target < to.length) {
    const [read, write] = [from[source] as Piece, to[target] as Piece];
    const bytes = Math.min(read.bytes - sourceDone, write.bytes - targetDone);
    encoder.copyBufferToBuffer(read.buffer, read.offset + sourceDone, write.buffer, write.offset + targetDone, bytes);
    sourceDone += bytes;
    targetDone += bytes;
    if (sourceDone === read.bytes) [source, sourceDone] = [source + 1, 0];
    if (targetDone === write.bytes) [target, targetDone] = [target + 1, 0];
  }
}
