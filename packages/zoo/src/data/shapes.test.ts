import { expect, test } from 'vitest';
import { drawShape, SHAPE_SIZE, shapes } from './shapes.ts';

const COUNT = 200;
const AREA = SHAPE_SIZE * SHAPE_SIZE;
const STEPS = [-SHAPE_SIZE - 1, -SHAPE_SIZE, -SHAPE_SIZE + 1, -1, 1, SHAPE_SIZE - 1, SHAPE_SIZE, SHAPE_SIZE + 1];
const set = shapes(1, COUNT);

/** FNV-1a over the pixels as bytes, the masks and the labels. */
function fingerprint({ images, masks, labels }: typeof set): string {
  let hash = 0x811c9dc5;
  const add = (value: number) => (hash = Math.imul(hash ^ value, 0x01000193));
  for (const pixel of images.data) add(Math.round(255 * pixel));
  for (const pixel of masks.data) add(pixel);
  for (const label of labels.data) add(label);
  return (hash >>> 0).toString(16);
}

function maskOf(row: number): Float32Array {
  return set.masks.data.subarray(row * AREA, (row + 1) * AREA);
}

test('the pictures of a seed are fixed', () => {
  expect(fingerprint(set)).toMatchInlineSnapshot(`"fface637"`);
});

test('a picture depends on its number alone, not on what was drawn before', () => {
  const part = shapes(1, 5, 100);
  expect(part.images.data).toEqual(set.images.data.slice(100 * 3 * AREA, 105 * 3 * AREA));
  const drawing = drawShape(1, 103);
  expect(drawing.pixels).toEqual(part.images.data.slice(3 * 3 * AREA, 4 * 3 * AREA));
  expect(drawing.mask).toEqual(maskOf(103));
  expect(drawing.label).toBe(set.labels.data[103]);
  expect(drawShape(2, 103).pixels).not.toEqual(drawing.pixels);
});

test('every ten pictures are ten classes, in changing order', () => {
  const orders = new Set<string>();
  for (let start = 0; start < COUNT; start += 10) {
    const block = [...set.labels.data.subarray(start, start + 10)];
    orders.add(block.join(''));
    expect(block.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  expect(orders.size).toBeGreaterThan(15);
});

test('a count or number that is none is refused', () => {
  expect(() => shapes(1, -1)).toThrow(/count.*got -1/);
  expect(() => shapes(1, 1, 0.5)).toThrow(/offset.*got 0.5/);
});

test('shapes, names and ranges', () => {
  expect(set.images.shape).toEqual([COUNT, 3, 64, 64]);
  expect(set.masks.shape).toEqual([COUNT, 1, 64, 64]);
  expect(set.labels.shape).toEqual([COUNT]);
  expect(set.classNames).toEqual([
    'disc',
    'ring',
    'crescent',
    'drop',
    'heart',
    'triangle',
    'square',
    'cross',
    'star',
    'arrow',
  ]);
  for (const value of set.images.data) {
    if (!(value >= 0 && value <= 1) || value !== Math.fround(Math.round(value * 255) / 255))
      expect.fail(`pixel ${value}`);
  }
});

test('every mask is one connected shape, whole inside the picture', () => {
  for (let row = 0; row < COUNT; row++) {
    const mask = maskOf(row);
    const inside = [...mask.entries()].filter(([, value]) => value === 1).map(([pixel]) => pixel);
    expect(inside.length).toBeGreaterThan(80);
    expect(inside.length).toBeLessThan(AREA / 2);
    const isOnEdge = (pixel: number): boolean => {
      return [pixel % SHAPE_SIZE, Math.floor(pixel / SHAPE_SIZE)].some(
        (place) => place === 0 || place === SHAPE_SIZE - 1,
      );
    };
    expect(inside.some(isOnEdge)).toBe(false);
    const reached = new Set([inside[inside.length >> 1] ?? 0]);
    for (const pixel of reached) {
      for (const step of STEPS) if (mask[pixel + step] === 1) reached.add(pixel + step);
    }
    // The tips of a star or a triangle may stand apart by a pixel.
    expect(reached.size).toBeGreaterThanOrEqual(inside.length - 3);
  }
});

test('colour and place say little of the class: means over a class are alike', () => {
  const means = Array.from({ length: 10 }, () => ({ color: [0, 0, 0], count: 0 }));
  for (let row = 0; row < COUNT; row++) {
    const mean = means[set.labels.data[row] ?? 0];
    if (mean === undefined) continue;
    mean.count += 1;
    for (let channel = 0; channel < 3; channel++) {
      const plane = set.images.data.subarray((row * 3 + channel) * AREA, (row * 3 + channel + 1) * AREA);
      mean.color[channel] = (mean.color[channel] ?? 0) + plane.reduce((sum, value) => sum + value, 0) / AREA;
    }
  }
  for (const { color, count } of means) {
    expect(count).toBe(COUNT / 10);
    for (const sum of color) expect(Math.abs(sum / count - 0.45)).toBeLessThan(0.2);
  }
});
