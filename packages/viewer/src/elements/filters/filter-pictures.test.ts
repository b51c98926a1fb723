import { expect, test } from 'vitest';
import { float32Tensor } from '@convscope/gpu-engine/graph';
import { colorTable } from '@convscope/xai/render';
import { filterPictures } from './filter-pictures.ts';

test('filters over one channel share a scale with zero in its middle', () => {
  const { pictures, scale, isColor } = filterPictures(float32Tensor([2, 1, 1, 2], [0, -4, 2, 1]));
  expect(scale).toEqual({ min: -4, max: 4 });
  expect(isColor).toBe(false);
  const table = colorTable('signed');
  const entry = (value: number) => [...table.subarray(4 * value, 4 * value + 4)];
  expect([...(pictures[0]?.data ?? [])]).toEqual([...entry(128), ...entry(0)]);
  expect([...(pictures[1]?.data ?? [])]).toEqual([...entry(191), ...entry(159)]);
});

test('filters over three channels are colours around grey', () => {
  const { pictures, isColor } = filterPictures(float32Tensor([1, 3, 1, 1], [2, 0, -2]));
  expect(isColor).toBe(true);
  expect([...(pictures[0]?.data ?? [])]).toEqual([255, 128, 0, 255]);
  const turned = filterPictures(float32Tensor([1, 3, 1, 1], [2, 0, -2]), 'bgr');
  expect([...(turned.pictures[0]?.data ?? [])]).toEqual([0, 128, 255, 255]);
});

test('deeper filters are no pictures', () => {
  expect(() => filterPictures(float32Tensor([2, 16, 3, 3]))).toThrow(/got 2x16x3x3; wanted N x 1 or 3/);
});
