import { expect, it } from 'vitest';
import { tensorToPicture } from '@convscope/formats';
import { float32Tensor } from '@convscope/gpu-engine/graph';
import { stretchedPreprocessing } from './stretched-preprocessing.ts';

it('shows the least value black and the largest white', () => {
  const tensor = float32Tensor([1, 1, 1, 3], [-2, 0, 2]);
  const { data } = tensorToPicture(tensor, stretchedPreprocessing(tensor));
  expect([data[0], data[4], data[8]]).toEqual([0, 128, 255]);
});

it('shows a picture of one value, and one of none, without dividing by zero', () => {
  for (const value of [3, NaN]) {
    const tensor = float32Tensor([1, 3, 1, 1], [value, value, value]);
    expect(tensorToPicture(tensor, stretchedPreprocessing(tensor)).data[0]).toBe(0);
  }
});

it('refuses what is no picture', () => {
  expect(() => stretchedPreprocessing(float32Tensor([1, 2, 1, 1]))).toThrow('got 1x2x1x1');
});
