import { expect, it } from 'vitest';
import type { Preprocessing } from '@convscope/formats';
import { float32Tensor } from '@convscope/gpu-engine/graph';
import { drawingOf, drawingReference } from './drawing-text.ts';

const preprocessing: Preprocessing = {
  channels: 1,
  height: 28,
  width: 28,
  mean: [0.5],
  standardDeviation: [0.25],
  scale: 1 / 255,
  order: 'rgb',
  resize: 'contain',
};

it('puts a drawing into a short text, and takes it back to the last grey level', async () => {
  const grey = Array.from({ length: 784 }, (_, index) => (index % 28 > 10 && index % 28 < 14 ? (index * 7) % 256 : 0));
  const tensor = float32Tensor(
    [1, 1, 28, 28],
    grey.map((value) => (value / 255 - 0.5) / 0.25),
  );
  const reference = await drawingReference(tensor, preprocessing);
  expect(reference?.data).toMatch(/^[\w-]{10,700}$/);
  const { data, shape } = await drawingOf(reference as NonNullable<typeof reference>, preprocessing);
  expect(shape).toEqual([1, 1, 28, 28]);
  data.forEach((value, index) => expect(value).toBeCloseTo(tensor.data[index] as number, 5));
});

it('refuses texts that are no drawing, and such that would unfold to more than they say', async () => {
  const big = await drawingReference(float32Tensor([1, 1, 28, 28], new Float32Array(784)), preprocessing);
  for (const wrong of [
    { width: 28, height: 28, data: 'no drawing!' },
    { width: 28, height: 28, data: '' },
    { width: 9999, height: 9999, data: 'AA' },
    { width: 4, height: 4, data: big?.data ?? '' },
  ]) {
    await expect(drawingOf({ kind: 'pixels', ...wrong }, preprocessing)).rejects.toThrow('cannot be read');
  }
});

it('leaves colour pictures to files', async () => {
  expect(await drawingReference(float32Tensor([1, 3, 2, 2]), { ...preprocessing, channels: 3 })).toBeUndefined();
});
