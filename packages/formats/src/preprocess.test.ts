import { float32Tensor } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { jsonFixture } from './fixtures.test-helper.ts';
import { type Picture } from './picture.ts';
import { pictureToTensor, tensorToPicture } from './preprocess.ts';
import { parsePreprocessing, type Preprocessing } from './preprocessing.ts';
import { resample } from './resample.ts';

interface Expected {
  readonly source: number[];
  readonly sizes: Record<string, number[]>;
  readonly cover7x7: number[];
}

const pillow = jsonFixture<Expected>('resample-expected.json');

const plain: Preprocessing = {
  channels: 1,
  height: 21,
  width: 30,
  mean: [0],
  standardDeviation: [1],
  scale: 1,
  order: 'rgb',
  resize: 'stretch',
};

const source: Picture = {
  width: 30,
  height: 21,
  data: Uint8ClampedArray.from(pillow.source.flatMap((value) => [value, value, value, 255])),
};

function largestDifference(values: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(values.length).toBe(wanted.length);
  return Math.max(...Array.from(values, (value, index) => Math.abs(value - (wanted[index] ?? NaN))));
}

test.each(Object.entries(pillow.sizes))('resized to %s as Pillow does, up to its rounding', (size, wanted) => {
  const [width = 0, height = 0] = size.split('x').map(Number);
  const { data } = pictureToTensor(source, { ...plain, width, height });
  expect(largestDifference(data, wanted)).toBeLessThan(1.1);
});

test('cover takes the middle', () => {
  const { data } = pictureToTensor(source, { ...plain, width: 7, height: 7, resize: 'cover' });
  expect(largestDifference(data, pillow.cover7x7)).toBeLessThan(1.1);
});

test('contain shows the whole picture on the background', () => {
  const { data } = pictureToTensor(source, {
    ...plain,
    width: 30,
    height: 30,
    resize: 'contain',
    background: [7, 7, 7],
  });
  expect(data[0]).toBeCloseTo(7, 4);
  expect(largestDifference(data.subarray(4 * 30, 25 * 30), pillow.source)).toBeLessThan(1e-3);
  expect(data[25 * 30]).toBeCloseTo(7, 4);
});

const coloured: Picture = { width: 2, height: 1, data: Uint8ClampedArray.of(255, 51, 0, 255, 0, 0, 0, 0) };
const colour: Preprocessing = {
  ...plain,
  channels: 3,
  width: 2,
  height: 1,
  mean: [0.5, 0.25, 0],
  standardDeviation: [0.5, 0.25, 2],
  scale: 1 / 255,
};

test('channels are scaled and normalised each, and what is clear becomes white', () => {
  expect(largestDifference(pictureToTensor(coloured, colour).data, [1, 1, -0.2, 3, 0, 0.5])).toBeLessThan(1e-6);
  const swapped = pictureToTensor(coloured, { ...colour, order: 'bgr' });
  expect(swapped.shape).toEqual([1, 3, 1, 2]);
  expect(largestDifference(swapped.data, [-1, 1, -0.2, 3, 0.5, 0.5])).toBeLessThan(1e-6);
});

test.each([colour, { ...colour, order: 'bgr' as const }, { ...colour, invert: true }])(
  'there and back',
  (preprocessing) => {
    const back = tensorToPicture(pictureToTensor(coloured, preprocessing), preprocessing);
    expect([...back.data]).toEqual([255, 51, 0, 255, 255, 255, 255, 255]);
  },
);

test('a tensor of other channels has no picture', () => {
  expect(() => tensorToPicture(float32Tensor([1, 1, 2, 2]), colour)).toThrow(/got 1x1x2x2; wanted Nx3xHxW/);
  expect(() => tensorToPicture(float32Tensor([1, 3, 2, 2]), colour, 1)).toThrow(/no picture 1/);
});

test('a constant picture stays constant at every size', () => {
  const values = new Float32Array(5 * 3).fill(3);
  const size = { width: 5, height: 3, channels: 1 };
  for (const target of [1, 2, 9, 40]) {
    const region = { left: 0.5, top: 0, width: 4, height: 3 };
    expect(
      largestDifference(
        resample(values, size, region, { width: target, height: target }),
        new Float32Array(target ** 2).fill(3),
      ),
    ).toBeLessThan(1e-5);
  }
});

test('metadata is checked, field by field', () => {
  expect(parsePreprocessing(JSON.parse(JSON.stringify(colour)))).toEqual(colour);
  expect(parsePreprocessing({ ...colour, invert: true, background: [0, 0, 0] }).background).toEqual([0, 0, 0]);
  expect(() => parsePreprocessing(null)).toThrow(/preprocessing is not usable; got null; wanted an object/);
  expect(() => parsePreprocessing({ ...colour, width: 1e9 })).toThrow(/width.*1000000000/);
  expect(() => parsePreprocessing({ ...colour, mean: [0] })).toThrow(/mean.*3 numbers/);
  expect(() => parsePreprocessing({ ...colour, standardDeviation: [1, 0, 1] })).toThrow(/standardDeviation/);
  expect(() => parsePreprocessing({ ...colour, resize: 'fit' })).toThrow(/got "fit"; wanted stretch, cover, contain/);
  expect(() => parsePreprocessing({ ...colour, colour: 1 })).toThrow(/unknown field/);
});
