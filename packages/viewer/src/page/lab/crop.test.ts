import { expect, it } from 'vitest';
import { float32Tensor } from '@convscope/gpu-engine/graph';
import { cropped, squareWindow } from './crop.ts';

it('centres a square on what a unit sees, inside the picture', () => {
  expect(squareWindow({ top: 30, left: 40, height: 20, width: 20 }, 100, 100)).toEqual({
    top: 30,
    left: 40,
    height: 20,
    width: 20,
  });
  expect(squareWindow({ top: 0, left: 90, height: 20, width: 10 }, 100, 100)).toEqual({
    top: 0,
    left: 80,
    height: 20,
    width: 20,
  });
  expect(squareWindow({ top: 50, left: 50, height: 3, width: 3 }, 100, 100)).toEqual({
    top: 44,
    left: 44,
    height: 16,
    width: 16,
  });
});

it('leaves pictures whole of which a unit sees most, or nothing', () => {
  expect(squareWindow({ top: 0, left: 0, height: 80, width: 30 }, 100, 100)).toBeUndefined();
  expect(squareWindow({ top: 0, left: 0, height: 0, width: 0 }, 100, 100)).toBeUndefined();
});

it('cuts the same part from every channel', () => {
  const whole = float32Tensor(
    [1, 2, 3, 4],
    Float32Array.from({ length: 24 }, (_, index) => index),
  );
  const { shape, data } = cropped(whole, { top: 1, left: 2, height: 2, width: 2 });
  expect(shape).toEqual([1, 2, 2, 2]);
  expect([...data]).toEqual([6, 7, 10, 11, 18, 19, 22, 23]);
});
