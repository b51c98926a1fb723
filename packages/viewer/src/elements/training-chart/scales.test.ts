import { expect, test } from 'vitest';
import { roundTicks, stepAxis, valueAxis } from './scales.ts';

test('steps stand evenly or by their logarithm, and begin at 0', () => {
  const even = stepAxis(600, false);
  expect([0, 300, 600].map(even.place)).toEqual([0, 0.5, 1]);
  expect(even.ticks).toEqual([0, 200, 400, 600]);
  const dense = stepAxis(999, true);
  expect([0, 9, 99, 999].map((step) => Number(dense.place(step).toFixed(3)))).toEqual([0, 0.333, 0.667, 1]);
  expect(dense.ticks).toEqual([0, 1, 10, 100]);
});

test('values go from zero, or between powers of ten', () => {
  const linear = valueAxis([2, 0.5], false);
  expect(linear.place(0)).toBe(0);
  expect(linear.place(2)).toBeLessThan(1);
  const logarithmic = valueAxis([0.02, 3, 0, NaN], true);
  expect(logarithmic.ticks).toEqual([0.01, 0.1, 1, 10]);
  expect(logarithmic.place(0.1)).toBeCloseTo(1 / 3);
  expect(logarithmic.place(0)).toBe(0);
  expect(valueAxis([1], true).ticks).toEqual([1, 10]);
  expect(valueAxis([], false).ticks).toEqual([]);
});

test('ticks are round', () => {
  expect(roundTicks(0, 1, 4)).toEqual([0, 0.5, 1]);
  expect(roundTicks(0, 37, 4)).toEqual([0, 10, 20, 30]);
});
