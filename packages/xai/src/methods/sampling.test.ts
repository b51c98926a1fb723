import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor, GraphBuilder, type TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import type { Model } from '@convscope/formats';
import type { ExplanationRequest } from '../method.ts';
import { methodNamed } from '../method-named.ts';
import { Session } from '../session.ts';
import { gaussLegendre } from '../signal/gauss-legendre.ts';

const SIDE = 16;

/** Class 0 sums the top left quarter of the picture, class 1 the bottom right one: what decides is known. */
function quarterNetwork(): Model {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', ['N', 1, SIDE, SIDE]);
  const flat = b.op('flatten', [x]);
  b.output(b.op('dense', [flat, b.parameter('w', [2, SIDE * SIDE])], {}, 'logits'));
  const weights = new Float32Array(2 * SIDE * SIDE);
  for (let y = 0; y < SIDE / 2; y++) {
    for (let column = 0; column < SIDE / 2; column++) {
      weights[y * SIDE + column] = 0.1;
      weights[SIDE * SIDE + (y + SIDE / 2) * SIDE + column + SIDE / 2] = 0.1;
    }
  }
  return {
    name: 'quarters',
    graph: b.build(),
    parameters: new Map([['w', float32Tensor([2, SIDE * SIDE], weights)]]),
    input: 'x',
    logits: 'logits',
    preprocessing: {
      channels: 1,
      height: SIDE,
      width: SIDE,
      mean: [0],
      standardDeviation: [1],
      scale: 1,
      order: 'rgb',
      resize: 'stretch',
    },
    labels: [],
    notes: new Map(),
  };
}

const input = float32Tensor([1, 1, SIDE, SIDE], new Float32Array(SIDE * SIDE).fill(1));
let device: GpuDevice;
let session: Session;

beforeAll(async () => {
  device = await requestNodeDevice();
  session = await Session.create(device, quarterNetwork());
});

afterAll(() => {
  session.dispose();
  device.dispose();
});

async function explained(method: string, request: Partial<ExplanationRequest>): Promise<TensorData> {
  const explanation = await session.explain(methodNamed(method), { input, ...request });
  const data = await explanation.tensor.read();
  explanation.dispose();
  return data;
}

/** The mean of a map over the quarter that starts at (top, left). */
function quarterMean({ data }: TensorData, top: number, left: number): number {
  let sum = 0;
  for (let y = 0; y < SIDE / 2; y++) {
    for (let x = 0; x < SIDE / 2; x++) sum += data[(top + y) * SIDE + left + x] as number;
  }
  return sum / (SIDE / 2) ** 2;
}

describe.each([
  ['occlusion', { parameters: { size: 4, stride: 2 } }],
  ['rise', { parameters: { masks: 1500 } }],
])('%s finds what decides', (method, request) => {
  test.each([0, 1])('for class %i', async (target) => {
    const map = await explained(method, { ...request, target, seed: 3 });
    expect(map.shape).toEqual([1, 1, SIDE, SIDE]);
    const [own, other] = [quarterMean(map, 0, 0), quarterMean(map, SIDE / 2, SIDE / 2)];
    expect(target === 0 ? own - other : other - own).toBeGreaterThan(0.1 * Math.max(own, other));
  });
});

test('a patch that covers the whole picture takes the whole score', async () => {
  const map = await explained('occlusion', { target: 0, parameters: { size: SIDE } });
  expect(map.data[0]).toBeCloseTo(0.1 * (SIDE / 2) ** 2, 4);
});

test('smooth-grad of a linear network is its gradient, without variance', async () => {
  const request = { target: 0, seed: 1, parameters: { samples: 10 } };
  const gradient = await explained('gradient', { target: 0 });
  const smooth = await explained('smooth-grad', request);
  smooth.data.forEach((value, index) => expect(value).toBeCloseTo(gradient.data[index] as number, 6));
  const variance = await explained('smooth-grad', { ...request, parameters: { samples: 10, statistic: 'variance' } });
  expect(Math.max(...variance.data)).toBeLessThan(1e-9);
});

test('a centred RISE map is about zero where nothing decides, the sum of the paper is not', async () => {
  const request = { target: 0, seed: 3 };
  const centered = await explained('rise', { ...request, parameters: { masks: 1500 } });
  const own = quarterMean(centered, 0, 0);
  expect(Math.abs(quarterMean(centered, 0, SIDE / 2))).toBeLessThan(0.2 * own);
  const summed = await explained('rise', { ...request, parameters: { masks: 1500, centered: false } });
  expect(quarterMean(summed, 0, SIDE / 2)).toBeGreaterThan(2 * own);
});

test('the same seed gives the same bits, another seed others', async () => {
  const request = { target: 0, parameters: { masks: 64 } };
  const first = await explained('rise', { ...request, seed: 5 });
  expect(await explained('rise', { ...request, seed: 5 })).toEqual(first);
  expect((await explained('rise', { ...request, seed: 6 })).data).not.toEqual(first.data);
});

test('integrated gradients report their completeness gap', async () => {
  const explanation = await session.explain(methodNamed('integrated-gradients'), { input, target: 1 });
  expect(explanation.measures?.['score']?.[0]).toBeCloseTo(6.4, 4);
  expect(Math.abs(explanation.measures?.['completeness gap']?.[0] ?? 1)).toBeLessThan(1e-4);
  explanation.dispose();
});

test('Gauss-Legendre quadrature is exact for polynomials', () => {
  const { nodes, weights } = gaussLegendre(5);
  const integral = (power: number) => nodes.reduce((sum, x, k) => sum + (weights[k] as number) * x ** power, 0);
  for (let power = 0; power < 10; power++) expect(integral(power)).toBeCloseTo(1 / (power + 1), 14);
  expect(gaussLegendre(50).weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 13);
});
