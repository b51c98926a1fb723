import { expect, test } from 'vitest';
import { Random, seedFrom } from './random.ts';

test('the same seed gives the same values', () => {
  const [a, b] = [new Random(3), new Random(3)];
  expect(Array.from({ length: 5 }, () => a.bits())).toEqual(Array.from({ length: 5 }, () => b.bits()));
  expect(new Random(4).bits()).not.toBe(new Random(3).bits());
});

test('values stay in their ranges and spread over them', () => {
  const random = new Random(1);
  const integers = new Set(Array.from({ length: 200 }, () => random.integer(-2, 2)));
  expect([...integers].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  const bells = Array.from({ length: 4000 }, () => random.bell());
  const mean = bells.reduce((sum, value) => sum + value, 0) / bells.length;
  const variance = bells.reduce((sum, value) => sum + (value - mean) ** 2, 0) / bells.length;
  expect(Math.abs(mean)).toBeLessThan(0.1);
  expect(Math.abs(variance - 1)).toBeLessThan(0.1);
});

test('a permutation holds every index once', () => {
  expect([...new Random(9).permutation(50)].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
});

test('seeds of neighbouring parts differ', () => {
  expect(seedFrom('relu', 1, 2)).not.toBe(seedFrom('relu', 1, 3));
  expect(seedFrom('a', 12)).not.toBe(seedFrom('a', 1, 2));
});
