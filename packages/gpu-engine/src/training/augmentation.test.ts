import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import { float32Tensor, GraphBuilder, type TensorData } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { ParameterSet } from '../plan/parameter-set.ts';
import { Plan } from '../plan/plan.ts';
import { AUGMENTATION, augmentationMaps, augmented, type Augmentation } from './augmentation.ts';
import { Random } from './random.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

/** What the pictures look like after the maps, by the identity as a network. */
async function moved(pictures: TensorData<'float32'>, maps: TensorData<'float32'>): Promise<Float32Array> {
  const builder = new GraphBuilder();
  builder.output(builder.op('identity', [builder.input('x', 'float32', pictures.shape)], {}, 'y'));
  const parameters = await ParameterSet.create(device, new Map());
  const plan = await Plan.compile(device, augmented(builder.build()), { outputs: ['y'] });
  const instance = await plan.instantiate(parameters);
  const results = await instance.run({ inputs: { x: pictures, [AUGMENTATION]: maps } });
  const read = await results.get('y')?.read();
  for (const part of [instance, plan, parameters]) part.dispose();
  return read?.data as Float32Array;
}

function noise(shape: readonly [number, number, number, number]): TensorData<'float32'> {
  const random = new Random(3);
  const count = shape.reduce((product, size) => product * size);
  return float32Tensor(
    shape,
    Float32Array.from({ length: count }, () => random.uniform()),
  );
}

/** Bilinear sampling in float64, in pixels: where (x, y) of the new picture comes from in the old one. */
function sampled(
  { shape, data }: TensorData,
  row: number,
  from: (x: number, y: number) => readonly [number, number],
): number[] {
  const [, channels = 1, height = 1, width = 1] = shape;
  const at = (channel: number, y: number, x: number): number => {
    const inside = (value: number, size: number): number => Math.min(Math.max(value, 0), size - 1);
    return data[((row * channels + channel) * height + inside(y, height)) * width + inside(x, width)] ?? NaN;
  };
  const values: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < height * width; pixel++) {
      const place = from(pixel % width, Math.floor(pixel / width));
      const x = Math.min(Math.max(place[0], 0), width - 1);
      const y = Math.min(Math.max(place[1], 0), height - 1);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const across = (y: number): number =>
        at(channel, y, left) * (1 - (x - left)) + at(channel, y, left + 1) * (x - left);
      values.push(across(top) * (1 - (y - top)) + across(top + 1) * (y - top));
    }
  }
  return values;
}

test('pictures are shifted, turned and scaled about their middle, oblong ones without shear', async () => {
  const pictures = noise([3, 2, 6, 9]);
  const limits: Augmentation = { shift: 0.2, rotation: 40, scale: 0.3 };
  const maps = augmentationMaps(limits, { seed: 5, step: 7, batch: 3 });
  const result = await moved(pictures, maps);
  for (let row = 0; row < 3; row++) {
    // The map's own numbers, read as what they mean: cosine and sine over the scale, and the shift in half widths.
    const [cosine = 0, minusSine = 0, right = 0, sine = 0, , down = 0] = maps.data.subarray(row * 6, row * 6 + 6);
    expect(Math.hypot(cosine, sine)).toBeGreaterThanOrEqual(1 / 1.3);
    expect(Math.hypot(cosine, sine)).toBeLessThanOrEqual(1 / 0.7);
    expect(Math.abs(Math.atan2(sine, cosine))).toBeLessThanOrEqual((40 * Math.PI) / 180);
    expect([Math.abs(right) <= 0.4, Math.abs(down) <= 0.4]).toEqual([true, true]);
    const wanted = sampled(pictures, row, (x, y) => {
      const [fromMiddle, belowMiddle] = [x - 4, y - 2.5];
      return [
        4 + cosine * fromMiddle + minusSine * belowMiddle + right * 4.5,
        2.5 + sine * fromMiddle + cosine * belowMiddle + down * 3,
      ];
    });
    const got = result.subarray(row * 108, (row + 1) * 108);
    wanted.forEach((value, index) => expect(Math.abs(value - (got[index] ?? NaN))).toBeLessThan(1e-4));
  }
});

test('maps follow from seed and step, and limits of zero leave pictures as they are', async () => {
  const maps = (seed: number, step: number) => augmentationMaps({ shift: 0.1, rotation: 5 }, { seed, step, batch: 4 });
  expect(maps(1, 2)).toEqual(maps(1, 2));
  expect(maps(1, 2)).not.toEqual(maps(1, 3));
  expect(maps(1, 2)).not.toEqual(maps(2, 2));
  const pictures = noise([2, 1, 5, 5]);
  const still = await moved(pictures, augmentationMaps({}, { seed: 1, step: 1, batch: 2 }));
  pictures.data.forEach((value, index) => expect(Math.abs(value - (still[index] ?? NaN))).toBeLessThan(1e-6));
});
