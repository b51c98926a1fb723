import { expect, it } from 'vitest';
import { writeNpy, writePng, type Preprocessing } from '@convscope/formats';
import { float32Tensor, int32Tensor } from '@convscope/gpu-engine/graph';
import { decodeInput } from './decode-input.ts';

const preprocessing: Preprocessing = {
  channels: 1,
  height: 2,
  width: 2,
  mean: [0],
  standardDeviation: [1],
  scale: 1 / 255,
  order: 'rgb',
  resize: 'contain',
};

it('preprocesses pictures', () => {
  const data = Uint8ClampedArray.of(255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 255);
  const { shape, data: values } = decodeInput(writePng({ width: 2, height: 2, data }), 'a.png', preprocessing);
  expect(shape).toEqual([1, 1, 2, 2]);
  expect(Array.from(values)).toEqual([1, 0, 0, 1].map((value) => expect.closeTo(value, 6) as number));
});

it('takes .npy tensors as they are, with or without the batch, of any number type', () => {
  const values = [0.5, -3, 2, 7];
  expect(decodeInput(writeNpy(float32Tensor([1, 1, 2, 2], values)), 'a.npy', preprocessing)).toEqual(
    float32Tensor([1, 1, 2, 2], values),
  );
  expect(decodeInput(writeNpy(int32Tensor([1, 2, 2], [1, 2, 3, 4])), 'a.NPY', preprocessing)).toEqual(
    float32Tensor([1, 1, 2, 2], [1, 2, 3, 4]),
  );
});

it('says which shape came and which was wanted', () => {
  const bytes = writeNpy(float32Tensor([1, 3, 2, 2]));
  expect(() => decodeInput(bytes, 'a.npy', preprocessing)).toThrow('got 1x3x2x2; wanted 1x1x2x2');
  expect(() => decodeInput(new Uint8Array(20), 'a.png', preprocessing)).toThrow('PNG or JPEG');
});
