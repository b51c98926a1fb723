import { Inflate } from 'fflate';
import { concatenate } from './concatenate.ts';
import { crc32 } from './crc32.ts';
import { ModelFormatError, reasonOf } from './errors.ts';

/** The most that one compressed stream may unfold to, unless the caller says otherwise: 512 MiB. */
export const DEFAULT_MAXIMUM_BYTES = 512 * 1024 * 1024;

// DEFLATE unfolds at most 1032-fold, so one step overshoots a limit by 16 MB at most.
const STEP = 16 * 1024;

/** Options of readers that decompress. */
export interface InflateLimit {
  /** The most decompressed bytes that are accepted. Default: 512 MiB. */
  readonly maximumBytes?: number;
}

/**
 * Unfolds a raw DEFLATE stream (RFC 1951) piece by piece, and stops as soon as there is more than `limit`, so that a
 * small file cannot fill the memory.
 */
export function inflateBounded(compressed: Uint8Array, limit: number, file: string, field: string): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  const stream = new Inflate((part) => {
    total += part.length;
    if (total > limit) {
      throw new ModelFormatError(file, 'unfolds to more than it may', { field, wanted: `at most ${limit} bytes` });
    }
    parts.push(part);
  });
  try {
    for (let start = 0; start === 0 || start < compressed.length; start += STEP) {
      const end = Math.min(start + STEP, compressed.length);
      stream.push(compressed.subarray(start, end), end === compressed.length);
    }
  } catch (thrown) {
    if (thrown instanceof ModelFormatError) throw thrown;
    throw new ModelFormatError(file, `damaged compressed data (${reasonOf(thrown)})`, { field }, { cause: thrown });
  }
  return concatenate(parts);
}

/** Whether bytes begin like a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Unfolds a gzip file of one member (RFC 1952) and checks its length and CRC. */
export function gunzipBounded(bytes: Uint8Array, limit: number, file: string): Uint8Array {
  const start = gzipHeaderLength(bytes, file);
  const trailer = bytes.length - 8;
  if (trailer < start) throw new ModelFormatError(file, 'the gzip file is cut off', { got: `${bytes.length} bytes` });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const declared = view.getUint32(trailer + 4, true);
  if (declared > limit) {
    throw new ModelFormatError(file, 'the gzip file unfolds to more than it may', {
      got: declared,
      wanted: `at most ${limit} bytes`,
    });
  }
  const content = inflateBounded(bytes.subarray(start, trailer), declared, file, 'gzip');
  if (content.length !== declared) {
    throw new ModelFormatError(file, 'the gzip file is cut off or damaged', {
      got: `${content.length} bytes`,
      wanted: declared,
    });
  }
  if (crc32(content) !== view.getUint32(trailer, true))
    throw new ModelFormatError(file, 'the gzip checksum does not fit the content');
  return content;
}

function gzipHeaderLength(bytes: Uint8Array, file: string): number {
  const flags = bytes[3] ?? 0;
  if (!isGzip(bytes) || bytes[2] !== 8 || flags > 31)
    throw new ModelFormatError(file, 'not a gzip file that holds DEFLATE data');
  let position = 10;
  if (flags & 4) position += 2 + (bytes[position] ?? 0) + 256 * (bytes[position + 1] ?? 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    while (position < bytes.length && bytes[position] !== 0) position++;
    position++;
  }
  if (flags & 2) position += 2;
  return position;
}
