import { expect, test } from 'vitest';
import { writeMp4 } from './write-mp4.ts';

/** The content of the first box with this path. */
function boxAt(bytes: Uint8Array, path: readonly string[], skip = 0): Uint8Array {
  const [wanted, ...rest] = path;
  if (wanted === undefined) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = skip; at < bytes.length;) {
    const length = view.getUint32(at);
    expect(length).toBeGreaterThanOrEqual(8);
    const type = String.fromCodePoint(...bytes.subarray(at + 4, at + 8));
    // What stands in front of the boxes inside of these two.
    const inner = type === 'stsd' ? 8 : type === 'avc1' ? 78 : 0;
    if (type === wanted) return boxAt(bytes.subarray(at + 8, at + length), rest, inner);
    at += length;
  }
  throw new Error(`no ${wanted}`);
}

const wordsOf = (bytes: Uint8Array): readonly number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => view.getUint32(4 * index));
};

test('a film’s boxes say where each picture lies, how long it is shown, and how it is decoded', () => {
  const samples = [
    { data: Uint8Array.of(1, 2, 3), milliseconds: 500, isKey: true },
    { data: Uint8Array.of(4, 5), milliseconds: 80, isKey: false },
    { data: Uint8Array.of(6), milliseconds: 2000, isKey: true },
  ];
  const bytes = writeMp4({ width: 320, height: 240, configuration: Uint8Array.of(1, 100, 0, 40), samples });
  const table = (name: string): readonly number[] =>
    wordsOf(boxAt(bytes, ['moov', 'trak', 'mdia', 'minf', 'stbl', name])).slice(1);
  expect(table('stts')).toEqual([3, 1, 500, 1, 80, 1, 2000]);
  expect(table('stsz')).toEqual([0, 3, 3, 2, 1]);
  expect(table('stss')).toEqual([2, 1, 3]);
  const [, start = 0] = table('stco');
  expect([...bytes.subarray(start)]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(wordsOf(boxAt(bytes, ['moov', 'mvhd'])).slice(3, 5)).toEqual([1000, 2580]);
  const path = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd', 'avc1', 'avcC'];
  expect([...boxAt(bytes, path)]).toEqual([1, 100, 0, 40]);
  expect(wordsOf(boxAt(bytes, ['moov', 'trak', 'tkhd'])).slice(-2)).toEqual([320 * 65536, 240 * 65536]);
});
