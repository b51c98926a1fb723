import { describe, expect, test } from 'vitest';
import { float32Tensor, type ConvscopeError } from '@convscope/gpu-engine/graph';
import { colorMapNames, colorTable } from './color-maps.ts';
import { renderMaps, strongestOverChannels, tableEntry } from './render.ts';
import { scaleOf } from './scale.ts';

describe('scaleOf', () => {
  test('is centred on zero for signed values and starts at zero for positive ones', () => {
    const values = Float32Array.of(-3, 1, 2);
    expect(scaleOf(values, { sign: 'signed' })).toEqual({ min: -3, max: 3 });
    expect(scaleOf(values, { sign: 'positive' })).toEqual({ min: 0, max: 2 });
  });

  test('leaves out the share of values above a percentile', () => {
    const values = Float32Array.from({ length: 100 }, (_, index) => index + 1);
    expect(scaleOf(values, { sign: 'positive', percentile: 90 })).toEqual({ min: 0, max: 90 });
  });

  test('is not empty for zeros, and ignores what is not a number', () => {
    expect(scaleOf(new Float32Array(4), { sign: 'signed' })).toEqual({ min: -1, max: 1 });
    expect(scaleOf(Float32Array.of(Number.NaN, 2, Infinity), { sign: 'signed' })).toEqual({ min: -2, max: 2 });
  });
});

describe('colour maps', () => {
  test.each(colorMapNames)('%s has 256 opaque colours', (name) => {
    const table = colorTable(name);
    expect(table).toHaveLength(1024);
    for (let entry = 0; entry < 256; entry++) expect(table[entry * 4 + 3]).toBe(255);
  });

  test('the signed map is nearly white at zero, blue below and red above', () => {
    const table = colorTable('signed');
    const at = (value: number) => table.subarray(tableEntry(value, { min: -1, max: 1 }) * 4).subarray(0, 3);
    expect(Math.min(...at(0))).toBeGreaterThan(240);
    expect(at(-0.7)[2]).toBeGreaterThan(at(-0.7)[0] as number);
    expect(at(0.7)[0]).toBeGreaterThan(at(0.7)[2] as number);
  });
});

describe('renderMaps', () => {
  test('draws the channels in a grid, on one scale', () => {
    const maps = float32Tensor(
      [1, 4, 2, 3],
      Array.from({ length: 24 }, (_, index) => index),
    );
    const { picture, scale } = renderMaps(maps, { sign: 'positive', colorMap: 'grey', zoom: 2 });
    expect(scale).toEqual({ min: 0, max: 23 });
    expect([picture.width, picture.height]).toEqual([2 * 6 + 2, 2 * 4 + 2]);
    expect(picture.data[0]).toBe(0);
    expect(picture.data.at(-4)).toBe(255);
    const gap = (4 * picture.width + 0) * 4;
    expect([...picture.data.subarray(gap, gap + 4)]).toEqual([0, 0, 0, 0]);
  });

  test('refuses what is no map', () => {
    const refuse = () => renderMaps(float32Tensor([2, 3]), { sign: 'signed' });
    expect(refuse).toThrow(expect.objectContaining({ code: 'invalid-tensor' } satisfies Partial<ConvscopeError>));
  });
});

test('strongestOverChannels keeps the sign of the largest magnitude', () => {
  const signal = float32Tensor([1, 3, 1, 2], [1, -1, -2, 0, 0.5, 0.25]);
  expect([...strongestOverChannels(signal).data]).toEqual([-2, -1]);
});
