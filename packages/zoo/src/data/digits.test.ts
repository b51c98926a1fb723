import { expect, test } from 'vitest';
import { digits, drawDigit, DIGIT_SIZE } from './digits.ts';

const set = digits(1, 1000);

/** FNV-1a over the pixels as bytes and the labels. */
function fingerprint({ images, labels }: typeof set): string {
  let hash = 0x811c9dc5;
  for (const value of [...images.data].map((pixel) => Math.round(255 * pixel)).concat(...labels.data)) {
    hash = Math.imul(hash ^ value, 0x01000193);
  }
  return (hash >>> 0).toString(16);
}

test('the drawings of a seed are fixed', () => {
  expect(fingerprint(set)).toMatchInlineSnapshot(`"252ec2cc"`);
});

test('a drawing depends on its number alone, not on what was drawn before', () => {
  const part = digits(1, 5, 400);
  expect(part.images.data).toEqual(set.images.data.slice(400 * 784, 405 * 784));
  expect(drawDigit(1, 403)).toEqual({ pixels: part.images.data.slice(3 * 784, 4 * 784), label: part.labels.data[3] });
  expect(drawDigit(2, 403).pixels).not.toEqual(drawDigit(1, 403).pixels);
});

test('every ten drawings are ten digits, in changing order', () => {
  const orders = new Set<string>();
  for (let start = 0; start < 1000; start += 10) {
    const block = [...set.labels.data.subarray(start, start + 10)];
    orders.add(block.join(''));
    expect(block.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  expect(orders.size).toBeGreaterThan(95);
});

test('a count or number that is none is refused', () => {
  expect(() => digits(1, -1)).toThrow(/count.*got -1/);
  expect(() => digits(1, 1, 0.5)).toThrow(/offset.*got 0.5/);
});

test('shapes, names and ranges', () => {
  expect(set.images.shape).toEqual([1000, 1, 28, 28]);
  expect(set.labels.shape).toEqual([1000]);
  expect(set.classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  for (const value of set.images.data) {
    if (!(value >= 0 && value <= 1) || value !== Math.fround(Math.round(value * 255) / 255))
      expect.fail(`pixel ${value}`);
  }
});

test('no stroke touches the edge, and every drawing has ink', () => {
  for (let row = 0; row < 1000; row++) {
    const picture = set.images.data.subarray(row * 784, (row + 1) * 784);
    let ink = 0;
    for (const [pixel, value] of picture.entries()) {
      ink += value;
      const x = pixel % DIGIT_SIZE;
      const y = Math.floor(pixel / DIGIT_SIZE);
      const isEdge = x === 0 || y === 0 || x === DIGIT_SIZE - 1 || y === DIGIT_SIZE - 1;
      if (isEdge && value > 0.06) expect.fail(`drawing ${row} is inked at (${x}, ${y})`);
    }
    expect(ink).toBeGreaterThan(15);
    expect(ink).toBeLessThan(300);
  }
});

test('no two drawings are the same', () => {
  const seen = new Set<string>();
  for (let row = 0; row < 1000; row++) seen.add(set.images.data.subarray(row * 784, (row + 1) * 784).join());
  expect(seen.size).toBe(1000);
});
