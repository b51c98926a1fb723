import { float32Tensor, int32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { ModelFormatError } from './errors.ts';
import { fixture } from './fixtures.test-helper.ts';
import { expectOnlyTypedErrors } from './mutants.test-helper.ts';
import { readNpz, writeNpz } from './npz.ts';

const content = new Map<string, TensorData>([
  ['first', float32Tensor([2, 3], [0, 1, 2, 100, 5, 127])],
  ['second', int32Tensor([3], [0, 1, 2])],
]);

test.each(['stored.npz', 'deflated.npz'])('%s', (name) => {
  expect(readNpz(fixture(name), name)).toEqual(content);
});

test('what is written comes back, and the same tensors give the same bytes', () => {
  expect(readNpz(writeNpz(content), 'x.npz')).toEqual(content);
  expect(writeNpz(content)).toEqual(writeNpz(content));
});

test('an archive that unfolds to more than allowed is refused before it is unfolded', () => {
  const zeros = writeNpz(new Map([['zeros', float32Tensor([1000, 1000])]]));
  expect(zeros.length).toBeLessThan(10_000);
  expect(() => readNpz(zeros, 'bomb.npz', { maximumBytes: 1_000_000 })).toThrow(/bomb.npz: the archive unfolds/);
});

test('the error names the entry', () => {
  const bytes = fixture('stored.npz');
  const place = bytes.length - 200;
  expect(() => readNpz(bytes.subarray(0, place), 'cut.npz')).toThrow(/directory is missing/);
  expect(() => readNpz(bytes.with(90, 1), 'flipped.npz')).toThrow(/flipped.npz, first.npy: the checksum/);
  expect(() => readNpz(new Uint8Array(5), 'short.npz')).toThrow(ModelFormatError);
});

test('2,000 mutants each: a result or a typed error, quickly', () => {
  for (const name of ['stored.npz', 'deflated.npz']) {
    expectOnlyTypedErrors(fixture(name), (bytes) => readNpz(bytes, name));
  }
});
