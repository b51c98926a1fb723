import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random, type GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { readSafetensors } from '@convscope/formats';
import { methodNamed } from '../method-named.ts';
import { Session } from '../session.ts';
import { pictureAt } from '../signal/layer-values.ts';
import { fixtureNetwork } from '../testing/fixture-network.test-helper.ts';
import { blurred } from './blur.ts';
import { completeness } from './completeness.ts';
import { deletionInsertion } from './deletion-insertion.ts';
import { parameterGroups, parameterRandomization, parameterRandomizations } from './parameter-randomization.ts';
import { pixelMap } from './pixel-map.ts';
import { pointing } from './pointing.ts';
import { spearman } from './spearman.ts';

let device: GpuDevice;
let session: Session;
let input: TensorData<'float32'>;

beforeAll(async () => {
  device = await requestNodeDevice();
  const path = new URL('../../fixtures/methods.safetensors', import.meta.url);
  const { tensors } = readSafetensors(new Uint8Array(readFileSync(path)), 'methods.safetensors');
  const weights = [...tensors].filter(([name]) => name.startsWith('weight/'));
  session = await Session.create(
    device,
    fixtureNetwork(new Map(weights.map(([name, tensor]) => [name.slice('weight/'.length), tensor]))),
  );
  input = pictureAt(tensors.get('input') as TensorData<'float32'>, 0);
});

afterAll(() => {
  session.dispose();
  device.dispose();
});

test("Spearman's rank correlation, ties sharing their ranks", () => {
  expect(spearman([1, 2, 3], [10, 200, 3000])).toBeCloseTo(1, 12);
  expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 12);
  // By numpy.corrcoef of the mean ranks.
  expect(spearman([1, 2, 2, 3, 5, 4], [3, 1, 4, 1, 5, 9])).toBeCloseTo(0.5441176470588235, 10);
  expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
});

describe('pixel maps', () => {
  const signal = float32Tensor([1, 2, 1, 3], [1, -4, 2, -3, 1, 5]);

  test('take the largest magnitude over channels, or the sum where values add up', () => {
    expect([...pixelMap({}, signal, [1, 2, 1, 3])]).toEqual([3, 4, 5]);
    expect([...pixelMap({ ranking: 'value' }, signal, [1, 2, 1, 3])]).toEqual([-2, -3, 7]);
  });

  test('keep the sign of small maps and grow them to the picture', () => {
    const map = pixelMap({}, float32Tensor([1, 1, 1, 2], [-1, 1]), [1, 3, 1, 4]);
    expect([...map]).toEqual([-1, -0.5, 0.5, 1]);
    expect(() => pixelMap({}, float32Tensor([1, 5, 2, 2]), [1, 3, 4, 4])).toThrow('not one map of one picture');
  });
});

test('pointing: hits, energy inside, and the share of the mask', () => {
  const mask = float32Tensor([1, 1, 2, 3], [0, 1, 1, 0, 0, 0]);
  expect(pointing([0, 3, 1, 2, -5, 2], mask)).toEqual({ isHit: true, energyInside: 0.5, maskShare: 2 / 6 });
  expect(pointing([0, 3, 1, 4, -5, 0], mask).isHit).toBe(false);
  expect(pointing([0, 3, 1, 2, 4, 0], mask, 1).isHit).toBe(true);
  expect(pointing([0, 0, 0, 0, 0, 0], mask)).toMatchObject({ isHit: false, energyInside: 0 });
});

test('the blur is a normalised Gaussian, and leaves what is even alone', () => {
  const random = new Random(3);
  const picture = float32Tensor(
    [1, 1, 9, 8],
    Float32Array.from({ length: 72 }, () => random.bell()),
  );
  const got = blurred(picture, { side: 5, sigma: 1.5 });
  for (let y = 0; y < 9; y++) {
    for (let x = 0; x < 8; x++) {
      let [sum, weight] = [0, 0];
      for (let v = Math.max(0, y - 2); v <= Math.min(8, y + 2); v++) {
        for (let u = Math.max(0, x - 2); u <= Math.min(7, x + 2); u++) {
          const tap = Math.exp(-((v - y) ** 2 + (u - x) ** 2) / (2 * 1.5 ** 2));
          sum += tap * (picture.data[v * 8 + u] as number);
          weight += tap;
        }
      }
      expect(got.data[y * 8 + x]).toBeCloseTo(sum / weight, 5);
    }
  }
  const even = float32Tensor([1, 1, 9, 8]).data.fill(0.25);
  expect(Math.max(...blurred({ ...picture, data: even }, { side: 11, sigma: 5 }).data)).toBeCloseTo(0.25, 6);
});

test('deletion and insertion start and end where they must, and tell a map from its opposite', async () => {
  const target = (await session.predict(input))[0]?.[0]?.index ?? 0;
  const explanation = await session.explain(methodNamed('integrated-gradients'), { input, target });
  const map = pixelMap({ ranking: 'value' }, await explanation.tensor.read(), input.shape);
  explanation.dispose();
  const probability = async (data: Float32Array): Promise<number> => {
    const [scores = []] = await session.predict({ ...input, data });
    return scores.find(({ index }) => index === target)?.probability ?? 0;
  };
  const curves = await deletionInsertion(session, input, map, { target, steps: 10 });
  expect(curves.deletion).toHaveLength(11);
  const [whole, nothing] = [await probability(input.data), await probability(new Float32Array(input.data.length))];
  const start = await probability(blurred(input, { side: 11, sigma: 5 }).data);
  expect(curves.deletion[0]).toBeCloseTo(whole, 6);
  expect(curves.deletion[10]).toBeCloseTo(nothing, 6);
  expect(curves.insertion[0]).toBeCloseTo(start, 6);
  expect(curves.insertion[10]).toBeCloseTo(whole, 6);
  const opposite = await deletionInsertion(
    session,
    input,
    map.map((value) => -value),
    { target, steps: 10 },
  );
  expect(curves.deletionArea).toBeLessThan(opposite.deletionArea - 0.1);
  expect(curves.insertionArea).toBeGreaterThan(opposite.insertionArea + 0.1);
});

test('completeness: integrated gradients keep it, gradient x input does not, others promise nothing', async () => {
  const gap = async (name: string) => {
    const method = methodNamed(name);
    const explanation = await session.explain(method, { input, target: 2 });
    const attribution = await explanation.tensor.read();
    explanation.dispose();
    return completeness(session, { method: name, parameters: {}, input, target: 2, attribution });
  };
  expect((await gap('integrated-gradients'))?.relativeGap).toBeLessThan(0.02);
  expect((await gap('gradient-x-input'))?.relativeGap).toBeGreaterThan(0.05);
  expect(await gap('gradient')).toBeUndefined();
});

describe('randomising parameters from the top down', () => {
  test('goes layer by layer, biases and norms with their weights', () => {
    expect(parameterGroups(session.model.graph, 'logits')).toEqual([
      ['dense.bias', 'dense.weight'],
      ['conv3.weight'],
      ['conv2.bias', 'conv2.weight'],
      ['norm.scale', 'norm.shift', 'norm.mean', 'norm.variance', 'conv1.bias', 'conv1.weight'],
    ]);
  });

  test('changes a map only where the layers that it comes from change', async () => {
    const steps = await parameterRandomization(session, methodNamed('eigen-cam'), { input, layer: 'conv2', seed: 4 });
    const [dense, conv3, conv2, conv1] = steps.map(({ correlation }) => correlation);
    expect(dense).toBe(1);
    expect(conv3).toBe(1);
    expect(Math.abs(conv2 ?? 1)).toBeLessThan(0.95);
    expect(Math.abs(conv1 ?? 1)).toBeLessThan(0.95);
  });

  test('of several methods at once says what it says of each, and takes maps that are known', async () => {
    const request = { input, target: 1, seed: 3 };
    const subjects = ['gradient', 'gradient-x-input'].map((name) => ({ method: methodNamed(name), request }));
    const alone = [];
    for (const { method } of subjects) alone.push(await parameterRandomization(session, method, request, 2));
    const progress: number[] = [];
    const options = { stages: 2, seed: 3, onProgress: (done: number) => progress.push(done) };
    expect(await parameterRandomizations(session, subjects, options)).toEqual(alone);
    expect(progress).toEqual([0.25, 0.5, 0.75, 1]);
    const known = { method: methodNamed('gradient'), request, trained: new Float32Array(input.data.length).fill(1) };
    const [constant = []] = await parameterRandomizations(session, [known], { stages: 2 });
    expect(constant.map(({ correlation }) => correlation)).toEqual([NaN, NaN]);
  });

  test("depends on the seed alone and leaves the session's parameters as they were", async () => {
    const before = await session.parameters.read();
    const run = (seed: number) => parameterRandomization(session, methodNamed('gradient'), { input, target: 1, seed });
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
    expect(first.at(-1)?.correlation).toBeLessThan(0.5);
    expect(await session.parameters.read()).toEqual(before);
  });
});
