import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { Random } from '@convscope/gpu-engine';
import { readSafetensors } from '@convscope/formats';
import { readFileSync } from 'node:fs';
import { methodNamed } from './method-named.ts';
import { Session } from './session.ts';
import { layerValues, pictureAt } from './signal/layer-values.ts';
import { fixtureNetwork } from './testing/fixture-network.test-helper.ts';
import { topActivations } from './top-activations.ts';

const random = new Random(11);
const pictures = float32Tensor(
  [23, 3, 25, 23],
  Float32Array.from({ length: 23 * 3 * 25 * 23 }, () => random.normal()),
);

let device: GpuDevice;
let session: Session;

beforeAll(async () => {
  device = await requestNodeDevice();
  const path = new URL('../fixtures/methods.safetensors', import.meta.url);
  const { tensors } = readSafetensors(new Uint8Array(readFileSync(path)), 'methods.safetensors');
  const weights = [...tensors].filter(([name]) => name.startsWith('weight/'));
  const model = fixtureNetwork(new Map(weights.map(([name, tensor]) => [name.slice('weight/'.length), tensor])));
  session = await Session.create(device, model);
});

afterAll(() => {
  session.dispose();
  device.dispose();
});

function* parts(sizes: readonly number[]): Generator<TensorData<'float32'>> {
  const size = pictures.data.length / 23;
  let first = 0;
  for (const rows of sizes) {
    yield float32Tensor([rows, 3, 25, 23], pictures.data.subarray(first * size, (first + rows) * size));
    first += rows;
  }
}

test('finds what sorting all activations finds, in any parts, each with the deconvnet of its strongest unit', async () => {
  const options = { layer: 'relu3', channels: [4, 1], count: 5 };
  const whole = await topActivations(session, pictures, options);
  const values = await layerValues(session, pictures, 'relu3', undefined);
  const [, channels = 0, height = 0, width = 0] = values.shape;
  expect(whole.map(({ channel }) => channel)).toEqual([4, 1]);
  for (const { channel, top } of whole) {
    const peaks = Array.from({ length: 23 }, (_, picture) => {
      const start = (picture * channels + channel) * height * width;
      const map = values.data.subarray(start, start + height * width);
      const place = map.indexOf(Math.max(...map));
      return { picture, activation: map[place], position: { y: Math.floor(place / width), x: place % width } };
    });
    peaks.sort((a, b) => (b.activation ?? 0) - (a.activation ?? 0));
    expect(top.map(({ picture, activation, position }) => ({ picture, activation, position }))).toEqual(
      peaks.slice(0, 5),
    );
    const [best] = top;
    const image = pictureAt(pictures, best?.picture ?? 0);
    expect(best?.image.data).toEqual(image.data.slice());
    const unit = { channel, ...best?.position };
    const alone = await session.explain(methodNamed('deconvnet'), { input: image, layer: 'relu3', unit });
    const want = await alone.tensor.read();
    alone.dispose();
    want.data.forEach((value, index) => expect(best?.reconstruction.data[index]).toBeCloseTo(value, 5));
    // Nothing outside what the unit can see.
    const { top: above, left, height: rows, width: columns } = best?.crop ?? { top: 0, left: 0, height: 0, width: 0 };
    best?.reconstruction.data.forEach((value, index) => {
      const [y, x] = [Math.floor(index / 23) % 25, index % 23];
      if (y < above || y >= above + rows || x < left || x >= left + columns) expect(value).toBe(0);
    });
  }
  const split = await topActivations(session, parts([3, 1, 12, 7]), options);
  expect(split.map(({ top }) => top.map(({ picture }) => picture))).toEqual(
    whole.map(({ top }) => top.map(({ picture }) => picture)),
  );
});

test('takes vectors of units, fewer pictures than asked for, and ties in order', async () => {
  const [first] = await topActivations(session, pictureAt(pictures, 3), { layer: 'logits', channels: [2] });
  expect(first?.top).toHaveLength(1);
  expect(first?.top[0]).toMatchObject({ picture: 0, crop: { top: 0, left: 0 } });
  expect(first?.top[0]?.position).toBeUndefined();
  const same = [pictureAt(pictures, 3), pictureAt(pictures, 3), pictureAt(pictures, 3)];
  const [tied] = await topActivations(session, same, { layer: 'relu1', channels: [0], count: 2 });
  expect(tied?.top.map(({ picture }) => picture)).toEqual([0, 1]);
});

test('refuses channels that are not there and stops when it is cancelled', async () => {
  const channels = [6];
  await expect(topActivations(session, pictures, { layer: 'relu3', channels })).rejects.toMatchObject({
    code: 'invalid-parameter',
    message: expect.stringContaining('from 0 to 5'),
  });
  const signal = AbortSignal.abort();
  await expect(topActivations(session, pictures, { layer: 'relu3', channels: [0], signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
});
