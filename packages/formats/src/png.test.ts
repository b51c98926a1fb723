import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { decodePicture } from './decode-picture.ts';
import { ModelFormatError } from './errors.ts';
import { fixture, jsonFixture, realFile, testOnRealData } from './fixtures.test-helper.ts';
import { expectOnlyTypedErrors } from './mutants.test-helper.ts';
import { readPng, writePng } from './png.ts';

const expected = new Map(Object.entries(jsonFixture<Record<string, number[]>>('png-expected.json')));

test.each([...expected.keys()])('%s has the pixels that Pillow sees', (name) => {
  const picture = readPng(fixture(name), name);
  expect([picture.width, picture.height]).toEqual([13, 9]);
  expect([...picture.data]).toEqual(expected.get(name));
});

test('an interlaced picture of 4 bits a sample', () => {
  const { width, height, data } = readPng(fixture('interlaced.png'), 'interlaced.png');
  expect([width, height]).toEqual([11, 7]);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) expect(data[4 * (y * width + x)]).toBe(((3 * x + 5 * y) % 16) * 17);
  }
});

test.each(['rgba.png', 'rgb.png', 'grey.png'])('%s comes back when it is written', (name) => {
  const picture = readPng(fixture(name), name);
  const written = writePng(picture);
  expect(readPng(written, 'written')).toEqual(picture);
  expect(written).toEqual(writePng(picture));
});

test('writing refuses data that does not fill the picture', () => {
  expect(() => writePng({ width: 2, height: 2, data: new Uint8Array(15) })).toThrow(/got 15 bytes for 2x2; wanted 16/);
});

/** The picture with another width and height in its header, checksum included. */
function resized(name: string, width: number, height: number): Uint8Array {
  const bytes = fixture(name);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(29, crc32(bytes.subarray(12, 29)));
  return bytes;
}

test('refuses sizes that lie', () => {
  expect(() => readPng(resized('rgb.png', 60_000, 60_000), 'bad.png')).toThrow(/too large; got 60000x60000/);
  expect(() => readPng(resized('rgb.png', 0, 9), 'bad.png')).toThrow(/empty or too large/);
  expect(() => readPng(resized('rgb.png', 8000, 8000), 'bad.png')).toThrow(/cut off/);
  expect(() => readPng(resized('rgb.png', 5, 5), 'bad.png')).toThrow(/unfolds to more than it may/);
});

test('refuses other files by what they are', () => {
  expect(() => decodePicture(new TextEncoder().encode('GIF89a…'), 'x.png')).toThrow(/got GIF; wanted PNG or JPEG/);
  expect(() => decodePicture(new Uint8Array(0), 'x.png')).toThrow(/an empty file/);
  expect(() => readPng(fixture('rgb.png').subarray(0, 60), 'x.png')).toThrow(ModelFormatError);
});

test('2,000 mutants each: a result or a typed error, quickly', () => {
  for (const name of ['rgba.png', 'palette-4.png', 'interlaced.png']) {
    expectOnlyTypedErrors(fixture(name), (bytes) => readPng(bytes, name));
  }
});

testOnRealData('real pictures', () => {
  for (const name of [
    'skimage_coffee.png',
    'skimage_chelsea.png',
    'winml_kitten_224.png',
    'pytorch-grad-cam_both.png',
  ]) {
    const { width, height, data } = decodePicture(realFile(`images/${name}`), name);
    expect(data.length).toBe(4 * width * height);
  }
});
