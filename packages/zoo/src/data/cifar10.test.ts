import { ModelFormatError } from '@convscope/formats';
import { expect, test } from 'vitest';
import { cifar10DataSet } from './cifar10.ts';

/** Rows whose red plane is 51, green 102 and blue 255. */
function rows(...labels: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(labels.length * 3073);
  labels.forEach((label, row) => {
    bytes[row * 3073] = label;
    [51, 102, 255].forEach((value, channel) => {
      bytes.fill(value, row * 3073 + 1 + channel * 1024, row * 3073 + 1 + (channel + 1) * 1024);
    });
  });
  return bytes;
}

test('rows of all files follow one another, planes stay planes', () => {
  const files = [
    { bytes: rows(3, 9), fileName: 'a.bin' },
    { bytes: rows(0), fileName: 'b.bin' },
  ];
  const set = cifar10DataSet('cifar10', files);
  expect(set.images.shape).toEqual([3, 3, 32, 32]);
  expect([...set.labels.data]).toEqual([3, 9, 0]);
  expect(set.classNames[9]).toBe('truck');
  const at = (row: number, channel: number) => set.images.data[(row * 3 + channel) * 1024 + 500];
  expect([at(2, 0), at(2, 1), at(2, 2)]).toEqual([Math.fround(0.2), Math.fround(0.4), 1]);
});

test('bad rows are named with their position', () => {
  const of = (bytes: Uint8Array) => () => cifar10DataSet('cifar10', [{ bytes, fileName: 'bad.bin' }]);
  expect(of(rows(1, 2, 10))).toThrow(/bad\.bin, row 2, byte 6146: the label names no class; got 10; wanted 0 to 9/);
  expect(of(rows(1, 2).subarray(0, 5000))).toThrow(/bad\.bin, row 1, byte 3073: the last row is cut off/);
  expect(of(new Uint8Array())).toThrow(ModelFormatError);
});
