import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOnnx, readSafetensors } from '@convscope/formats';
import type { GpuDevice } from '@convscope/gpu-engine';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { methodNamed } from '../method-named.ts';
import { Session } from '../session.ts';

/** Written by fixtures/blocks/make-block-fixtures.py. */
const fixtures = [
  'alexnet',
  'vgg',
  'squeezenet',
  'resnet',
  'mobilenet-v2',
  'mobilenet-v3',
  'googlenet',
  'inception-v3',
  'densenet',
  'efficientnet',
  'shufflenet-v2',
  'convnext',
];

const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/blocks/${name}`, import.meta.url)));

/** The largest difference as a share of the largest value wanted. */
function largestError(got: ArrayLike<number>, want: ArrayLike<number>): number {
  expect(got.length).toBe(want.length);
  let [largest, worst] = [0, 0];
  for (let index = 0; index < want.length; index++) {
    largest = Math.max(largest, Math.abs(want[index] as number));
    worst = Math.max(worst, Math.abs((got[index] as number) - (want[index] as number)));
  }
  expect(largest).toBeGreaterThan(0);
  return worst / largest;
}

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

describe.each(fixtures)("torchvision's %s agrees with PyTorch", (name) => {
  const { tensors } = readSafetensors(bytesOf(`${name}.safetensors`), `${name}.safetensors`);
  const input = tensors.get('input') as TensorData<'float32'>;
  const stored = (key: string): TensorData => tensors.get(key) as TensorData;
  let session: Session;

  beforeAll(async () => {
    session = await Session.create(device, readOnnx(bytesOf(`${name}.onnx`), `${name}.onnx`));
  });

  afterAll(() => session.dispose());

  test('logits', async () => {
    const [scores = []] = await session.predict(input);
    const logits = scores.toSorted((a, b) => a.index - b.index).map(({ logit }) => logit);
    expect(largestError(logits, stored('logits').data)).toBeLessThan(1e-4);
  });

  test.each(['gradient', 'guided-backprop', 'deconvnet'])('%s', async (method) => {
    const explanation = await session.explain(methodNamed(method), { input });
    const got = await explanation.tensor.read();
    explanation.dispose();
    const want = stored(method);
    expect(got.shape).toEqual(want.shape);
    const own = stored(`${method}/error`).data[0] as number;
    expect(largestError(got.data, want.data)).toBeLessThan(Math.max(1e-3, 4 * own));
  });
});
