import { expect, test } from 'vitest';
import { compareTensors } from './compare.ts';
import { tensorOf } from './tensor.ts';

test('floats may differ by a part of the largest magnitude', () => {
  const want = tensorOf([2], [100, 0]);
  expect(compareTensors(Float32Array.of(100, 0.009), want)).toBeUndefined();
  expect(compareTensors(Float32Array.of(100, 0.011), want)).toMatch('1 of 2 elements differ, worst at [1] of [2]');
  expect(compareTensors(Float32Array.of(100, 0.011), want, { relative: 1e-3 })).toBeUndefined();
});

test('a tensor of zeros allows a little noise and no more', () => {
  const want = tensorOf([1], [0]);
  expect(compareTensors(Float32Array.of(5e-7), want)).toBeUndefined();
  expect(compareTensors(Float32Array.of(1e-3), want)).toBeDefined();
});

test('the worst element is named by its coordinates', () => {
  const got = Float32Array.of(1, 2, 3.5, 4, 5, 9);
  expect(compareTensors(got, tensorOf([2, 3], [1, 2, 3, 4, 5, 6]))).toMatch('2 of 6 elements differ, worst at [1,2]');
});

test('integers must be equal', () => {
  const want = tensorOf([2], [1_000_000_000, -1]);
  expect(compareTensors(Int32Array.of(1_000_000_000, -1), want)).toBeUndefined();
  expect(compareTensors(Int32Array.of(1_000_000_001, -1), want)).toBeDefined();
});

test('a NaN never agrees, an infinity only with itself', () => {
  expect(compareTensors(Float32Array.of(Number.NaN), tensorOf([1], [0]))).toMatch('got NaN');
  expect(compareTensors(Float32Array.of(0), tensorOf([1], [Number.NaN]))).toBeDefined();
  expect(compareTensors(Float32Array.of(Infinity, 1), tensorOf([2], [Infinity, 1]))).toBeUndefined();
  expect(compareTensors(Float32Array.of(Infinity, 1), tensorOf([2], [3, 1]))).toBeDefined();
  expect(compareTensors(Float32Array.of(1, 1.1), tensorOf([2], [Infinity, 1]))).toMatch('2 of 2');
});

test('another number of elements is an error', () => {
  expect(compareTensors(new Float32Array(3), tensorOf([2], [0, 0]))).toBe('got 3 elements, wanted 2 for shape [2]');
});
