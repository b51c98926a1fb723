import { expect, test } from 'vitest';
import { decodePicture } from './decode-picture.ts';
import { ModelFormatError } from './errors.ts';
import { fixture, realFile, testOnRealData } from './fixtures.test-helper.ts';
import { readJpeg } from './jpeg.ts';
import { expectOnlyTypedErrors } from './mutants.test-helper.ts';
import { type Picture } from './picture.ts';

/** The largest difference from the ramp in make-fixtures.py: red grows downwards by 10, green to the right by 15. */
function rampError({ width, height, data }: Picture): number {
  let largest = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = 4 * (y * width + x);
      largest = Math.max(largest, Math.abs((data[pixel] ?? 0) - 10 * y), Math.abs((data[pixel + 1] ?? 0) - 15 * x));
    }
  }
  return largest;
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %d is turned upright', (orientation) => {
  const picture = readJpeg(fixture(`orientation-${orientation}.jpg`), 'x.jpg');
  expect([picture.width, picture.height]).toEqual([16, 24]);
  expect(rampError(picture)).toBeLessThan(12);
});

test('progressive and grey pictures', () => {
  expect(rampError(readJpeg(fixture('progressive.jpg'), 'x.jpg'))).toBeLessThan(40);
  const grey = readJpeg(fixture('grey.jpg'), 'x.jpg').data;
  expect(Math.abs((grey[400] ?? 0) - (grey[401] ?? 99))).toBe(0);
});

/** The picture with another size in its frame header. */
function resized(width: number, height: number): Uint8Array {
  const bytes = fixture('grey.jpg');
  const frame = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xc0);
  new DataView(bytes.buffer).setUint16(frame + 5, height);
  new DataView(bytes.buffer).setUint16(frame + 7, width);
  return bytes;
}

test('refuses sizes that lie before decoding', () => {
  expect(() => readJpeg(resized(65_000, 65_000), 'bad.jpg')).toThrow(/too large; got 65000x65000/);
  expect(() => readJpeg(resized(4000, 4000), 'bad.jpg')).toThrow(/too short for its picture; got 4000x4000 in/);
  expect(() => readJpeg(resized(0, 24), 'bad.jpg')).toThrow(ModelFormatError);
});

test('what is not picture data does not make up for it', () => {
  const bytes = resized(8000, 8000);
  const scan = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xda);
  // Comments of 64 KB each before the scan.
  const comment = new Uint8Array(65_537);
  comment.set([0xff, 0xfe, 0xff, 0xff]);
  const padded = new Uint8Array(bytes.length + 8 * comment.length);
  padded.set(bytes.subarray(0, scan));
  for (let index = 0; index < 8; index++) padded.set(comment, scan + index * comment.length);
  padded.set(bytes.subarray(scan), scan + 8 * comment.length);
  expect(() => readJpeg(padded, 'bad.jpg')).toThrow(/8000x8000 in \d+ bytes of picture data; wanted at least 250000/);
});

/** The picture with other bytes as the data of its first scan; 0xff stays what it is where it is stuffed. */
function withData(bytes: Uint8Array, data: Uint8Array): Uint8Array {
  const scan = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xda);
  const start = scan + 2 + (bytes[scan + 2] ?? 0) * 256 + (bytes[scan + 3] ?? 0);
  const ended = new Uint8Array(start + data.length + 2);
  ended.set(bytes.subarray(0, start));
  ended.set(data, start);
  ended.set([0xff, 0xd9], start + data.length);
  return ended;
}

/** Bytes that look random, none of them 0xff. */
function junk(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24).map(
    (byte) => (byte === 0xff ? 0 : byte),
  );
}

test('refuses data that do not reach to the end of a large picture, before decoding', () => {
  for (const [fill, kind] of [
    [junk(400_000), 'junk'],
    [new Uint8Array(260_000).fill(0xaa), 'a pattern'],
  ] as const) {
    const bytes = withData(resized(8000, 8000), fill);
    expect(() => readJpeg(bytes, 'bad.jpg'), kind).toThrow(/damaged or end too early.*of 1000000 blocks/);
  }
});

test('refuses what ends early in any scan', () => {
  const bytes = fixture('progressive.jpg');
  const scans = [...bytes.keys()].filter((index) => bytes[index] === 0xff && bytes[index + 1] === 0xda);
  expect(scans.length).toBeGreaterThan(4);
  for (const [index, scan] of scans.entries()) {
    const start = scan + 2 + (bytes[scan + 2] ?? 0) * 256 + (bytes[scan + 3] ?? 0);
    const cut = Uint8Array.of(...bytes.subarray(0, start), 0xff, 0xd9);
    expect(() => readJpeg(cut, 'cut.jpg'), `scan ${index}`).toThrow(/too short|end too early/);
  }
});

test('refuses a picture whose quantization table is missing', () => {
  const bytes = fixture('grey.jpg');
  const table = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xdb);
  // As a comment it says nothing.
  bytes[table + 1] = 0xfe;
  expect(() => readJpeg(bytes, 'bad.jpg')).toThrow(/quantization table 0 is missing/);
});

test('refuses a file that is cut off', () => {
  const bytes = fixture('grey.jpg');
  for (const length of [100, bytes.length - 20, bytes.length - 2]) {
    expect(() => readJpeg(bytes.subarray(0, length), 'cut.jpg')).toThrow(/cut.jpg: the JPEG file is cut off/);
  }
});

test('2,000 mutants each: a result or a typed error, quickly', () => {
  for (const name of ['orientation-6.jpg', 'progressive.jpg']) {
    expectOnlyTypedErrors(fixture(name), (bytes) => readJpeg(bytes, name));
  }
});

testOnRealData('real photos', () => {
  for (const name of [
    'darknet_dog.jpg',
    'wonnx_pelican.jpeg',
    'tract_grace_hopper.jpg',
    'winml_cat.jpg',
    'deepdream_flowers.jpg',
  ]) {
    const { width, height, data } = decodePicture(realFile(`images/${name}`), name);
    expect(data.length).toBe(4 * width * height);
  }
});
