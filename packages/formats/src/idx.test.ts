import { float32Tensor, int32Tensor } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { ModelFormatError } from './errors.ts';
import { fixture, realFile, testOnRealData } from './fixtures.test-helper.ts';
import { openIdx, readIdx } from './idx.ts';
import { expectOnlyTypedErrors } from './mutants.test-helper.ts';

test('bytes, gzipped or not, and doubles', () => {
  const pictures = int32Tensor([2, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(readIdx(fixture('pictures.idx'), 'pictures.idx')).toEqual(pictures);
  expect(readIdx(fixture('pictures.idx.gz'), 'pictures.idx.gz')).toEqual(pictures);
  expect(readIdx(fixture('doubles.idx'), 'doubles.idx')).toEqual(float32Tensor([2], [0.25, -3]));
});

test.each<[string, (bytes: Uint8Array) => Uint8Array, RegExp]>([
  ['a file that is cut off', (bytes) => bytes.subarray(0, 20), /got 4 bytes; wanted 12/],
  ['bytes left over', (bytes) => Uint8Array.of(...bytes, 0), /got 13 bytes; wanted 12/],
  ['a header that is cut off', (bytes) => bytes.subarray(0, 7), /header is cut off/],
  ['another type', (bytes) => bytes.with(2, 7), /not an IDX file; got 00 00 07 03/],
  ['sizes that lie', (bytes) => bytes.fill(0xff, 4, 16), /too many elements/],
  ['another file', () => new TextEncoder().encode('<!DOCTYPE html>'), /bad.idx, magic number: not an IDX file/],
])('refuses %s', (_, change, message) => {
  const bytes = change(fixture('pictures.idx'));
  expect(() => readIdx(bytes, 'bad.idx')).toThrow(ModelFormatError);
  expect(() => readIdx(bytes, 'bad.idx')).toThrow(message);
});

test('a gzip file that unfolds to more than allowed, or than it says, is refused', () => {
  const packed = fixture('pictures.idx.gz');
  expect(() => readIdx(packed, 'x.gz', { maximumBytes: 20 })).toThrow(/got 28; wanted at most 20 bytes/);
  const lying = packed.with(packed.length - 4, 5);
  expect(() => readIdx(lying, 'x.gz')).toThrow(/unfolds to more than it may/);
  expect(() => readIdx(packed.with(packed.length - 8, 1), 'x.gz')).toThrow(/checksum/);
});

test('2,000 mutants each: a result or a typed error, quickly', () => {
  for (const name of ['pictures.idx', 'pictures.idx.gz']) {
    expectOnlyTypedErrors(fixture(name), (bytes) => readIdx(bytes, name));
  }
});

testOnRealData('MNIST opens within seconds', () => {
  const images = openIdx(realFile('sets/mnist/train-images-idx3-ubyte.gz'), 'train-images');
  expect(images.shape).toEqual([60_000, 28, 28]);
  const labels = readIdx(realFile('sets/mnist/train-labels-idx1-ubyte.gz'), 'train-labels');
  expect([...labels.data.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
});
