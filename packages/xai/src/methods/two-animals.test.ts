import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodePicture, pictureToTensor, readOnnx } from '@convscope/formats';
import type { GpuDevice } from '@convscope/gpu-engine';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { methodNamed } from '../method-named.ts';
import { Session } from '../session.ts';

const folder = new URL('../../../../../shared/data/', import.meta.url);
const isHere = existsSync(folder);

/** Where the animals of the photo are: left, top, right, bottom as parts of its side, drawn by hand. */
const boxes = { dog: [0.32, 0.06, 0.77, 0.54], cat: [0.19, 0.54, 0.92, 1] } as const;

/**
 * What share of the evidence of Grad-CAM at SqueezeNet 1.1's last features lies in the boxes of dog and cat. PyTorch
 * 1.13 in float64 on the same pixels and weights gives these, bilinearly enlarged to 224 x 224.
 */
const byPyTorch = [
  { target: 242, animal: 'dog', dog: 0.59, cat: 0.15 },
  { target: 243, animal: 'dog', dog: 0.61, cat: 0.14 },
  { target: 281, animal: 'cat', dog: 0.24, cat: 0.5 },
  { target: 282, animal: 'cat', dog: 0.29, cat: 0.47 },
  { target: 285, animal: 'cat', dog: 0.27, cat: 0.46 },
] as const;

let device: GpuDevice;
let session: Session;
let input: TensorData<'float32'>;

function bytesOf(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(path, folder)));
}

beforeAll(async () => {
  if (!isHere) return;
  device = await requestNodeDevice();
  const model = readOnnx(bytesOf('models/squeezenet1.1/squeezenet1.1_fp32.onnx'), 'squeezenet1.1_fp32.onnx');
  session = await Session.create(device, model);
  const photo = decodePicture(bytesOf('images/pytorch-grad-cam_both.png'), 'pytorch-grad-cam_both.png');
  input = pictureToTensor(photo, model.preprocessing);
});

afterAll(() => {
  if (!isHere) return;
  session.dispose();
  device.dispose();
});

/** The share of a map's sum in a box, each cell counted by the part of it that is inside. */
function shareIn({ shape, data }: TensorData, [left, top, right, bottom]: readonly number[]): number {
  const [, , height, width] = shape as [number, number, number, number];
  const inside = (index: number, size: number, from = 0, to = 1): number =>
    Math.max(0, Math.min((index + 1) / size, to) - Math.max(index / size, from)) * size;
  let [sum, total] = [0, 0];
  data.forEach((value, index) => {
    const y = Math.floor(index / width);
    sum += value * inside(y, height, top, bottom) * inside(index % width, width, left, right);
    total += value;
  });
  return sum / total;
}

test.for(byPyTorch)('Grad-CAM for class $target lights the $animal', async ({ target, animal, dog, cat }, context) => {
  if (!isHere) context.skip(`needs real networks and pictures in ${folder.pathname}, which is not there`);
  const explanation = await session.explain(methodNamed('grad-cam'), { input, target });
  expect(explanation.layer).toBe('squeezenet0_concat7');
  const map = await explanation.tensor.read();
  explanation.dispose();
  const [onDog, onCat] = [shareIn(map, boxes.dog), shareIn(map, boxes.cat)];
  expect(onDog).toBeCloseTo(dog, 1);
  expect(onCat).toBeCloseTo(cat, 1);
  const [wanted, other] = animal === 'dog' ? [onDog, onCat] : [onCat, onDog];
  expect(wanted).toBeGreaterThan(1.5 * other);
});
