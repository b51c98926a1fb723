import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Plan, Random, type GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { readSafetensors } from '@convscope/formats';
import { blankInput, methodNamed, Session, type ExplanationRequest } from '../index.ts';
import { fixtureNetwork } from '../testing/fixture-network.test-helper.ts';
import { layerValue, octaveSizes } from './dream.ts';
import { INVERSION, inversionPicture, stateShape } from './inversion-step.ts';
import { affineView, drawView } from './transforms.ts';
import { clippedShares, fromSamples, sampleScale, toSamples } from './picture-space.ts';
import { ladderLayers, variationByDepth } from './reconstruction.ts';

const url = new URL('../../fixtures/methods.safetensors', import.meta.url);
const { tensors } = readSafetensors(new Uint8Array(readFileSync(url)), 'methods.safetensors');
const weights = [...tensors].filter(([name]) => name.startsWith('weight/'));
const model = fixtureNetwork(new Map(weights.map(([name, tensor]) => [name.slice('weight/'.length), tensor])));
const random = new Random(3);
const input = float32Tensor(
  [1, 3, 25, 23],
  Float32Array.from({ length: 3 * 25 * 23 }, () => random.uniform(0.2, 0.8)),
);
const code = (value: string) => expect.objectContaining({ code: value });

let device: GpuDevice;
let session: Session;
beforeAll(async () => {
  device = await requestNodeDevice();
  session = await Session.create(device, model);
});
afterAll(async () => {
  session.dispose();
  await device.idle();
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

async function made(method: string, request: Partial<ExplanationRequest>) {
  const { tensor, dispose, ...rest } = await session.explain(methodNamed(method), { input, ...request });
  const data = (await tensor.read()) as TensorData<'float32'>;
  dispose();
  return { ...rest, tensor: data };
}

const energy = ({ data }: TensorData<'float32'>) => data.reduce((sum, value) => sum + value * value, 0);

describe.each([
  ['deep-dream', { layer: 'relu3', parameters: { iterations: 2, octaves: 2 } }],
  ['feature-visualization', { layer: 'relu3', unit: { channel: 2 }, parameters: { steps: 18 } }],
  ['reconstruction', { layer: 'relu1', parameters: { length: 0.05 } }],
])('%s', (method, request) => {
  test('gives the same bits for the same seed, and others for another', async () => {
    const [first, again, other] = [
      await made(method, { ...request, seed: 5 }),
      await made(method, { ...request, seed: 5 }),
      await made(method, { ...request, seed: 6 }),
    ];
    expect(first).toMatchObject({ kind: 'picture', sign: 'signed' });
    expect(first.tensor.shape).toEqual([1, 3, 25, 23]);
    expect(first.tensor.data.every(Number.isFinite)).toBe(true);
    expect(again.tensor).toEqual(first.tensor);
    expect(other.tensor.data).not.toEqual(first.tensor.data);
  });

  test('shows the picture as it grows, with the same bits in the end', async () => {
    const seen: TensorData<'float32'>[] = [];
    const shown = await made(method, { ...request, seed: 5, onPicture: (picture) => seen.push(picture) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.map(({ shape }) => shape)).toEqual(seen.map(() => shown.tensor.shape));
    expect(seen.at(-1)).toEqual(shown.tensor);
    expect(seen[0]?.data).not.toEqual(shown.tensor.data);
    expect((await made(method, { ...request, seed: 5 })).tensor).toEqual(shown.tensor);
  });

  test('can be cancelled between steps, tells its progress and leaves nothing behind', async () => {
    await made(method, request);
    const before = device.memory.use.buffers;
    const cancellation = new AbortController();
    const seen: number[] = [];
    const onProgress = (done: number) => {
      seen.push(done);
      if (seen.length === 2) cancellation.abort();
    };
    const cancelled = made(method, { ...request, signal: cancellation.signal, onProgress });
    await expect(cancelled).rejects.toThrow(code('cancelled'));
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...seen)).toBeLessThan(1);
    await device.idle();
    expect(device.memory.use.buffers).toBe(before);
  });
});

test('a dream makes its layer stronger, at sizes that the whole network could not take', async () => {
  const large = float32Tensor(
    [1, 3, 40, 60],
    Float32Array.from({ length: 3 * 40 * 60 }, () => random.uniform(0.3, 0.7)),
  );
  const { tensor, remarks, measures } = await made('deep-dream', {
    input: large,
    layer: 'relu3',
    parameters: { iterations: 5 },
  });
  expect(tensor.shape).toEqual(large.shape);
  expect(remarks).toEqual(['dreamt at 31x20, 43x29, 60x40, 5 steps each'].map((text) => expect.stringContaining(text)));
  expect(measures).toEqual({ clipped: [0] });
  expect(energy(await layerValue(session, 'relu3', tensor))).toBeGreaterThan(
    1.5 * energy(await layerValue(session, 'relu3', large)),
  );
});

test('a dream of one channel makes it stronger more than others do; a guide changes what comes', async () => {
  const strength = async (unit: { channel: number } | undefined, guide?: TensorData<'float32'>) => {
    const { tensor } = await made('deep-dream', { layer: 'relu3', unit, guide, parameters: { octaves: 1 } });
    const { data, shape } = await layerValue(session, 'relu3', tensor);
    const plane = data.length / (shape[1] as number);
    return data.subarray(4 * plane, 5 * plane).reduce((sum, value) => sum + value, 0);
  };
  const own = await strength({ channel: 4 });
  expect(own).toBeGreaterThan(await strength({ channel: 2 }));
  const guide = fromSamples(float32Tensor([1, 3, 30, 30], new Float32Array(2700).fill(1)), model.preprocessing);
  expect(await strength(undefined, guide)).not.toBe(await strength(undefined));
});

test('a zoom sequence has its frames; the simple variant says how much cannot be shown', async () => {
  const parameters = { frames: 3, iterations: 1, octaves: 1, zoom: 0.1 };
  const zoomed = await made('deep-dream', { layer: 'relu1', parameters });
  expect(zoomed.tensor.shape).toEqual([3, 3, 25, 23]);
  expect(zoomed.captions).toEqual(['frame 0', 'frame 1', 'frame 2']);
  const dark = fromSamples(float32Tensor([1, 3, 25, 23]), model.preprocessing);
  const simple = await made('deep-dream', { input: dark, layer: 'relu1', parameters: { variant: 'simple' } });
  const [clipped = 0] = simple.measures?.['clipped'] ?? [];
  expect(clipped).toBeGreaterThan(0.05);
  expect(Math.min(...simple.tensor.data)).toBeGreaterThanOrEqual(-1);
});

test('feature visualization finds what its goal answers to, for units, classes, directions and all channels', async () => {
  const blank = blankInput(model);
  const short = { parameters: { steps: 25 } };
  const grey = async (request: Partial<ExplanationRequest>): Promise<number> => {
    const { measures } = await made('feature-visualization', { ...request, parameters: { steps: 1 } });
    return measures?.['answer']?.[0] ?? NaN;
  };
  for (const goal of [
    { layer: 'conv3', unit: { channel: 1 } },
    { layer: 'conv3', unit: { channel: 1, y: 2, x: 3 } },
    { target: 4 },
    {
      layer: 'conv3',
      direction: [
        { channel: 0, weight: 1 },
        { channel: 3, weight: -1 },
      ],
    },
  ]) {
    const { measures, kind } = await made('feature-visualization', { input: blank, ...goal, ...short });
    expect(kind).toBe('picture');
    expect(measures?.['answer']?.[0]).toBeGreaterThan(await grey(goal));
  }
  const all = await made('feature-visualization', { layer: 'relu3', parameters: { steps: 2, first: 1, most: 4 } });
  expect(all.tensor.shape).toEqual([4, 3, 25, 23]);
  expect(all.captions).toEqual(['channel 1', 'channel 2', 'channel 3', 'channel 4']);
  expect(all.remarks).toContain('shows channels 1 to 4 of 6');
});

test('several pictures of one goal become less alike by the diversity term', async () => {
  const likeness = async (diversity: number): Promise<number> => {
    const parameters = { steps: 40, pictures: 2, diversity, transforms: false };
    const { tensor } = await made('feature-visualization', { layer: 'relu3', unit: { channel: 2 }, parameters });
    const { data, shape } = await layerValue(session, 'relu3', tensor);
    const [, channels = 1, height = 1, width = 1] = shape;
    const plane = height * width;
    const gram = (n: number) =>
      Array.from({ length: channels * channels }, (_, pair) => {
        const [a, b] = [Math.floor(pair / channels), pair % channels].map((c) => (n * channels + c) * plane);
        let sum = 0;
        for (let i = 0; i < plane; i++) sum += (data[(a as number) + i] ?? 0) * (data[(b as number) + i] ?? 0);
        return sum;
      });
    const [first, second] = [gram(0), gram(1)];
    const dot = first.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0);
    return dot / Math.hypot(...first) / Math.hypot(...second);
  };
  expect(await likeness(100)).toBeLessThan(await likeness(0));
});

test('reconstructions have the features that they are to have, and a ladder one for each stage', async () => {
  const { tensor, measures } = await made('reconstruction', { layer: 'conv1' });
  expect(measures?.['feature error']?.[0]).toBeLessThan(0.05);
  const [wanted, got] = [await layerValue(session, 'conv1', input), await layerValue(session, 'conv1', tensor)];
  const distance = got.data.reduce((sum, value, index) => sum + (value - (wanted.data[index] ?? 0)) ** 2, 0);
  expect(measures?.['feature error']?.[0]).toBeCloseTo(distance / energy(wanted), 2);
  for (const parameters of [
    { space: 'pixel', optimizer: 'adam' },
    { space: 'pixel', optimizer: 'momentum' },
  ]) {
    const other = await made('reconstruction', { layer: 'conv1', parameters: { ...parameters, length: 0.3 } });
    expect(other.measures?.['feature error']?.[0], JSON.stringify(parameters)).toBeLessThan(0.1);
  }
  const ladder = await made('reconstruction-ladder', { parameters: { length: 0.02, most: 3 } });
  expect(ladder.captions).toEqual(ladderLayers(model.graph, 3));
  expect(ladder.tensor.shape[0]).toBe(3);
  expect(ladder.measures?.['feature error']).toHaveLength(3);
});

test.each([
  [12, 10],
  [9, 7],
])('a spectrum of unit variance makes a picture of unit variance: %i x %i', async (height, width) => {
  const options = { space: 'fourier', shape: [1, 3, height, width] } as const;
  const plan = await Plan.compile(device, inversionPicture(options));
  const draws = new Random(11);
  const state = float32Tensor(stateShape(options));
  let [sum, count] = [0, 0];
  for (let draw = 0; draw < 30; draw++) {
    state.data.forEach((_, index) => (state.data[index] = draws.normal()));
    const parameters = await session.parameters.extended(new Map([[INVERSION.state, state]]));
    const instance = await plan.instantiate(parameters);
    const picture = (await instance.run()).get(INVERSION.picture);
    const data = (await picture?.read())?.data ?? [];
    for (const value of data) sum += value * value;
    count += data.length;
    for (const owner of [instance, parameters]) owner.dispose();
  }
  plan.dispose();
  expect(sum / count).toBeGreaterThan(0.9);
  expect(sum / count).toBeLessThan(1.1);
});

test('what does not fit is refused by name', async () => {
  const wrong = code('invalid-parameter');
  const visualize = (request: Partial<ExplanationRequest>) => made('feature-visualization', request);
  await expect(visualize({ layer: 'relu3', unit: { channel: 6 } })).rejects.toThrow(wrong);
  await expect(visualize({ unit: { channel: 1 } })).rejects.toThrow(wrong);
  await expect(visualize({ target: 7 })).rejects.toThrow(wrong);
  await expect(visualize({ target: 1, layer: 'relu3' })).rejects.toThrow(wrong);
  await expect(visualize({ layer: 'nothing' })).rejects.toThrow(code('unknown-name'));
  await expect(made('deep-dream', { layer: 'relu3', unit: { channel: 1, y: 99, x: 0 } })).rejects.toThrow(wrong);
  await expect(made('reconstruction', { layer: 'relu3', unit: { channel: 1 } })).rejects.toThrow(wrong);
  const size = { size: 2048, frames: 600 };
  await expect(made('deep-dream', { layer: 'relu3', parameters: size })).rejects.toThrow(wrong);
  const large = float32Tensor([1, 3, 40, 60]);
  await expect(made('deep-dream', { input: large, layer: 'logits' })).rejects.toThrow(code('invalid-shape'));
});

test('samples and inputs are each other’s inverse, also where ink is inverted', () => {
  const preprocessing = { ...model.preprocessing, mean: [0.4, 0.5, 0.6], standardDeviation: [0.2, 0.3, 0.4] };
  for (const invert of [false, true]) {
    const own = { ...preprocessing, invert };
    const back = fromSamples(toSamples(input, own), own);
    input.data.forEach((value, index) => expect(back.data[index]).toBeCloseTo(value, 5));
    const { factors, offsets } = sampleScale(own);
    const sample = invert ? 0 : 1;
    expect((factors[1] as number) * sample + (offsets[1] as number)).toBeCloseTo((1 - 0.5) / 0.3, 6);
  }
  expect(clippedShares(float32Tensor([2, 1, 1, 2], [0, 1, -0.1, 0.5]))).toEqual([0, 0.5]);
});

test('octaves, views and weights by depth', () => {
  expect(octaveSizes({ height: 100, width: 140 }, 3, 2)).toEqual([
    { height: 25, width: 35 },
    { height: 50, width: 70 },
    { height: 100, width: 140 },
  ]);
  expect(octaveSizes({ height: 28, width: 28 }, 4, 1.4)).toHaveLength(2);
  const still = affineView({ scale: 1, angle: 0, x: 0, y: 0 }, { height: 10, width: 20 });
  expect([...still.data].map(Math.abs)).toEqual([1, 0, 0, 1, 0, 0]);
  const turned = affineView({ scale: 2, angle: Math.PI / 2, x: 5, y: 0 }, { height: 10, width: 20 });
  [0, 1, -0.25, 0, 0.5, 0].forEach((value, index) => expect(turned.data[index]).toBeCloseTo(value, 6));
  expect(drawView(new Random(1), 28, 28)).toEqual(drawView(new Random(1), 28, 28));
  const paper = { shape: [1, 3, 227, 227] };
  expect(variationByDepth(model.graph, 'relu1', paper, 'pixel')).toBe(1);
  expect(variationByDepth(model.graph, 'logits', paper, 'pixel')).toBe(100);
  expect(variationByDepth(model.graph, 'logits', paper, 'fourier')).toBe(16);
  expect(variationByDepth(model.graph, 'logits', { shape: [1, 3, 227, 0] }, 'pixel')).toBe(0);
});
