import { gunzipSync } from 'fflate';

const BLOCK = 512;

/** The files of a tar archive (POSIX ustar), gzipped or not, by path. Trusted test data only. */
export function readTar(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const tar = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  const files = new Map<string, Uint8Array>();
  const text = (start: number, length: number) => {
    const field = tar.subarray(start, start + length);
    const end = field.indexOf(0);
    return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
  };
  for (let position = 0; position + BLOCK <= tar.length && tar[position] !== 0;) {
    const size = Number.parseInt(text(position + 124, 12).trim() || '0', 8);
    const type = text(position + 156, 1);
    const prefix = text(position + 257, 5) === 'ustar' ? text(position + 345, 155) : '';
    const name = text(position, 100);
    const start = position + BLOCK;
    if (type === '' || type === '0')
      files.set(prefix === '' ? name : `${prefix}/${name}`, tar.subarray(start, start + size));
    position = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
