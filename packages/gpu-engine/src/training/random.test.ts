import { expect, test } from 'vitest';
import { Random } from './random.ts';

test('the sequence is fixed by the seed words', () => {
  const random = new Random(1, 2);
  const drawn = [random.bits(), random.bits(), random.bits()];
  expect(drawn).toMatchInlineSnapshot(`
    [
      1131776110,
      1538292874,
      753667310,
    ]
  `);
  const again = new Random(1, 2);
  expect(drawn).toEqual([again.bits(), again.bits(), again.bits()]);
  expect(new Random(2, 1).bits()).not.toBe(drawn[0]);
});

test('moments and ranges are as said', () => {
  const random = new Random(3);
  const count = 20_000;
  let [uniformSum, bellSum, bellSquares] = [0, 0, 0];
  for (let index = 0; index < count; index++) {
    uniformSum += random.uniform();
    const bell = random.bell();
    expect(Math.abs(bell)).toBeLessThan(3.5);
    bellSum += bell;
    bellSquares += bell * bell;
  }
  expect(uniformSum / count).toBeCloseTo(0.5, 1);
  expect(bellSum / count).toBeCloseTo(0, 1);
  expect(bellSquares / count).toBeCloseTo(1, 1);
});

test('a permutation holds every number once, and every order comes up', () => {
  const orders = new Set<string>();
  for (let seed = 0; seed < 200; seed++) orders.add(new Random(seed).permutation(3).join(''));
  expect([...orders].sort()).toEqual(['012', '021', '102', '120', '201', '210']);
});
