import { crc32 } from './crc32.ts';
import { ModelFormatError } from './errors.ts';
import { DEFAULT_MAXIMUM_BYTES, inflateBounded, type InflateLimit } from './inflate.ts';

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly localOffset: number;
}

/**
 * Unpacks a zip archive (PKWARE's APPNOTE; stored and deflated entries, no encryption, no zip64) by its central
 * directory. Sizes are checked before anything is unfolded, and the limit counts all entries together, so that
 * overlapping entries do not multiply. Throws ModelFormatError.
 */
export function unzipBounded(bytes: Uint8Array, fileName: string, limit: InflateLimit = {}): Map<string, Uint8Array> {
  const entries = readDirectory(bytes, fileName);
  const maximumBytes = limit.maximumBytes ?? DEFAULT_MAXIMUM_BYTES;
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (total > maximumBytes) {
    throw new ModelFormatError(fileName, 'the archive unfolds to more than it may', {
      got: total,
      wanted: `at most ${maximumBytes} bytes`,
    });
  }
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (files.has(entry.name))
      throw new ModelFormatError(fileName, 'the archive holds this entry twice', { field: entry.name });
    files.set(entry.name, unpack(bytes, entry, fileName));
  }
  return files;
}

const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;

function readDirectory(bytes: Uint8Array, file: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = bytes.length - END_LENGTH;
  const earliest = Math.max(0, end - LONGEST_COMMENT);
  while (end >= earliest && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < earliest) throw new ModelFormatError(file, 'not a zip archive, or cut off: its directory is missing');
  const count = view.getUint16(end + 10, true);
  let position = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (position + 46 > bytes.length || view.getUint32(position, true) !== 0x02014b50) {
      throw new ModelFormatError(file, 'the archive directory is damaged', {
        field: `entry ${index}`,
        offset: position,
      });
    }
    const nameLength = view.getUint16(position + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(position + 46, position + 46 + nameLength));
    if ((view.getUint16(position + 8, true) & 1) !== 0)
      throw new ModelFormatError(file, 'the entry is encrypted', { field: name });
    entries.push({
      name,
      method: view.getUint16(position + 10, true),
      crc: view.getUint32(position + 16, true),
      compressedSize: view.getUint32(position + 20, true),
      size: view.getUint32(position + 24, true),
      localOffset: view.getUint32(position + 42, true),
    });
    position += 46 + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
  }
  return entries;
}

function unpack(bytes: Uint8Array, entry: ZipEntry, file: string): Uint8Array {
  const { name: field, method, crc, compressedSize, size, localOffset } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (localOffset + 30 > bytes.length || view.getUint32(localOffset, true) !== 0x04034b50) {
    throw new ModelFormatError(file, 'the entry is not where the directory says', { field, offset: localOffset });
  }
  const start = localOffset + 30 + view.getUint16(localOffset + 26, true) + view.getUint16(localOffset + 28, true);
  const packed = bytes.subarray(start, start + compressedSize);
  if (packed.length !== compressedSize) {
    throw new ModelFormatError(file, 'the entry is cut off', {
      field,
      got: `${packed.length} bytes`,
      wanted: compressedSize,
    });
  }
  if (method !== 0 && method !== 8) {
    throw new ModelFormatError(file, 'this compression is not read', {
      field,
      got: `method ${method}`,
      wanted: 'stored (0) or deflated (8)',
    });
  }
  const content = method === 0 ? packed : inflateBounded(packed, size, file, field);
  if (content.length !== size) {
    throw new ModelFormatError(file, 'the entry has the wrong length', {
      field,
      got: `${content.length} bytes`,
      wanted: size,
    });
  }
  if (crc32(content) !== crc) throw new ModelFormatError(file, 'the checksum does not fit the content', { field });
  return content;
}
