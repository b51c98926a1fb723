import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GpuDevice } from '@convscope/gpu-engine';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { readSafetensors } from '@convscope/formats';
import type { ExplanationRequest } from '../method.ts';
import { methodNamed } from '../method-named.ts';
import { Session } from '../session.ts';
import { fixtureNetwork } from '../testing/fixture-network.test-helper.ts';

const path = new URL('../../fixtures/methods.safetensors', import.meta.url);
const { tensors } = readSafetensors(new Uint8Array(readFileSync(path)), 'methods.safetensors');
const input = tensors.get('input') as TensorData<'float32'>;

let device: GpuDevice;
let session: Session;

beforeAll(async () => {
  device = await requestNodeDevice();
  const weights = [...tensors].filter(([name]) => name.startsWith('weight/'));
  const model = fixtureNetwork(new Map(weights.map(([name, tensor]) => [name.slice('weight/'.length), tensor])));
  session = await Session.create(device, model);
});

afterAll(() => {
  session.dispose();
  device.dispose();
});

/** Compares with PyTorch's result to 1e-4 of its largest value. */
async function expectLikePyTorch(method: string, request: Partial<ExplanationRequest>, name: string): Promise<void> {
  const explanation = await session.explain(methodNamed(method), { input, ...request });
  const got = await explanation.tensor.read();
  explanation.dispose();
  const want = tensors.get(name) as TensorData;
  expect(got.shape).toEqual(want.shape);
  let [largest, worst] = [0, 0];
  for (const [index, value] of want.data.entries()) {
    largest = Math.max(largest, Math.abs(value));
    worst = Math.max(worst, Math.abs(value - (got.data[index] as number)));
  }
  expect(largest).toBeGreaterThan(0);
  expect(worst / largest).toBeLessThan(1e-4);
}

describe.each(['gradient', 'guided-backprop', 'deconvnet'])('%s agrees with PyTorch', (method) => {
  test('from the top class', async () => {
    await expectLikePyTorch(method, {}, `${method}/class`);
  });

  test('from the strongest unit of a channel', async () => {
    await expectLikePyTorch(method, { layer: 'relu3', unit: { channel: 2 } }, `${method}/relu3,2`);
    await expectLikePyTorch(method, { layer: 'pool1', unit: { channel: 1 } }, `${method}/pool1,1`);
  });

  test('from an exact unit, before its activation', async () => {
    await expectLikePyTorch(method, { layer: 'conv2', unit: { channel: 5, y: 3, x: 1 } }, `${method}/conv2,5`);
  });
});

test.each(['relu3', 'conv2'])('grad-cam at %s agrees with PyTorch, rectified and not', async (layer) => {
  await expectLikePyTorch('grad-cam', { layer }, `grad-cam/${layer}`);
  await expectLikePyTorch('grad-cam', { layer, parameters: { relu: false } }, `grad-cam signed/${layer}`);
});

test.each(['grad-cam-plus-plus', 'xgrad-cam', 'hires-cam', 'layer-cam', 'score-cam', 'eigen-cam'])(
  '%s agrees with PyTorch',
  async (method) => {
    for (const layer of ['relu3', 'conv2']) await expectLikePyTorch(method, { layer }, `${method}/${layer}`);
  },
);

test.each(['relu3', 'conv2'])(
  'ablation-cam at %s agrees with PyTorch, channels in one batch or in several',
  async (layer) => {
    for (const batch of [64, 3]) {
      const parameters = { relu: false, batch };
      await expectLikePyTorch('ablation-cam', { layer, parameters }, `ablation-cam signed/${layer}`);
    }
  },
);

test.each(['relu3', 'conv2'])('eigen-cam of centred maps at %s agrees with PyTorch', async (layer) => {
  await expectLikePyTorch('eigen-cam', { layer, parameters: { center: true } }, `eigen-cam centered/${layer}`);
});

test('maps laid over each other agree with PyTorch', async () => {
  const layer = 'conv3';
  await expectLikePyTorch('activation-map', { layer, parameters: { opacity: 0.3 } }, 'activation-map overlay/conv3');
  const parameters = { combine: 'max', normalize: false };
  await expectLikePyTorch('activation-map', { layer, parameters }, 'activation-map max/conv3');
});

test('deconvnets of all channels laid over each other agree with PyTorch', async () => {
  for (const batch of [64, 4]) {
    await expectLikePyTorch('deconvnet-overlay', { layer: 'relu3', parameters: { batch } }, 'deconvnet-overlay/relu3');
  }
});

test.each([
  ['integrated-gradients', {}, 'integrated-gradients'],
  ['gradient-x-input', {}, 'gradient-x-input'],
  ['guided-grad-cam', { layer: 'relu3' }, 'guided-grad-cam/relu3'],
])('%s agrees with PyTorch', async (method, request, name) => {
  await expectLikePyTorch(method, request, name);
});

test.each(['relu1', 'conv3'])('feature-maps of %s agree with PyTorch', async (layer) => {
  await expectLikePyTorch('feature-maps', { layer }, `feature-maps/${layer}`);
});

test('predictions agree with PyTorch', async () => {
  const want = tensors.get('logits') as TensorData;
  const predictions = await session.predict(input);
  const got = predictions.flatMap((scores) => [...scores].sort((a, b) => a.index - b.index).map(({ logit }) => logit));
  got.forEach((logit, index) => expect(logit).toBeCloseTo(want.data[index] as number, 4));
});
