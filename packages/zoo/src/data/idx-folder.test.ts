import { existsSync, readFileSync } from 'node:fs';
import { ModelFormatError } from '@convscope/formats';
import { expect, test } from 'vitest';
import { idxDataSet, IDX_FILE_NAMES } from './idx-folder.ts';

const images = {
  fileName: 'images',
  bytes: Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 51, 102, 255),
};
const labels = { fileName: 'labels', bytes: Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 0) };

test('pictures become 0 to 1, classes are named by number', () => {
  const set = idxDataSet({ name: 'tiny', images, labels });
  expect(set.images.shape).toEqual([2, 1, 1, 2]);
  expect([...set.images.data]).toEqual([0, Math.fround(0.2), Math.fround(0.4), 1]);
  expect([...set.labels.data]).toEqual([1, 0]);
  expect(set.classNames).toEqual(['0', '1']);
});

test('what does not fit is named', () => {
  const withLabels = (...bytes: number[]) => ({
    name: 'bad',
    images,
    labels: { fileName: 'labels', bytes: Uint8Array.from(bytes) },
  });
  expect(() => idxDataSet(withLabels(0, 0, 8, 1, 0, 0, 0, 1, 0))).toThrow(
    /labels: not as many labels.*got 1; wanted 2/,
  );
  expect(() => idxDataSet({ ...withLabels(0, 0, 8, 1, 0, 0, 0, 2, 1, 7), classNames: ['a', 'b'] })).toThrow(
    /labels, row 1: the label names no class; got 7; wanted 0 to 1/,
  );
  expect(() => idxDataSet({ name: 'swapped', images: labels, labels: images })).toThrow(/wanted pictures/);
  expect(() => idxDataSet({ name: 'swapped', images: labels, labels: images })).toThrow(ModelFormatError);
});

const mnist = new URL('../../../../../shared/data/sets/mnist/', import.meta.url);
const hasMnist = existsSync(mnist);
const reason = hasMnist ? '' : ' (skipped: no ../shared/data beside the repository)';
// eslint-disable-next-line no-console -- a test that does not run must be seen
if (!hasMnist) console.warn('NOT TESTED, no ../shared/data beside the repository: MNIST');

test.skipIf(!hasMnist)(`MNIST${reason}`, () => {
  const [pictures, classes] = IDX_FILE_NAMES.test.map((name) => {
    return { fileName: name, bytes: new Uint8Array(readFileSync(new URL(`${name}.gz`, mnist))) };
  });
  if (pictures === undefined || classes === undefined) throw new Error('two names were expected');
  const set = idxDataSet({ name: 'mnist', images: pictures, labels: classes });
  expect(set.images.shape).toEqual([10_000, 1, 28, 28]);
  expect(set.classNames.length).toBe(10);
});
