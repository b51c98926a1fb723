import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor, GraphBuilder, type TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import type { Model } from '@convscope/formats';
import { methodNamed, methodNames } from './method-named.ts';
import { Session } from './session.ts';

/** A network whose answers can be worked out by hand: one 1x1 convolution to two maps, ReLU, and their means. */
function handNetwork(): Model {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', ['N', 1, 2, 2]);
  const conv = b.op('conv2d', [x, b.parameter('w', [2, 1, 1, 1])], {}, 'conv');
  const maps = b.op('relu', [conv], {}, 'maps');
  b.output(b.op('flatten', [b.op('globalAveragePool', [maps], {}, 'pool')], {}, 'logits'));
  return {
    name: 'hand',
    graph: b.build(),
    parameters: new Map([['w', float32Tensor([2, 1, 1, 1], [1, -2])]]),
    input: 'x',
    logits: 'logits',
    preprocessing: {
      channels: 1,
      height: 2,
      width: 2,
      mean: [0],
      standardDeviation: [1],
      scale: 1,
      order: 'rgb',
      resize: 'stretch',
    },
    labels: ['bright', '<img src=x onerror=alert(1)>'],
    notes: new Map(),
  };
}

const input = float32Tensor([1, 1, 2, 2], [4, 2, -1, 3]);
let device: GpuDevice;
let session: Session;

beforeAll(async () => {
  device = await requestNodeDevice();
  session = await Session.create(device, handNetwork());
});

afterAll(() => {
  session.dispose();
  device.dispose();
});

async function explained(method: string, request: object): Promise<TensorData> {
  const explanation = await session.explain(methodNamed(method), { input, ...request });
  try {
    return await explanation.tensor.read();
  } finally {
    explanation.dispose();
  }
}

test('scores are sorted, with probabilities that sum to one', async () => {
  const [scores = []] = await session.predict(input);
  expect(scores.map(({ logit }) => logit)).toEqual([2.25, 0.5]);
  expect(scores.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
});

test('a class is seeded with 1, a unit with its own value at its strongest place', async () => {
  expect([...(await explained('gradient', { target: 0 })).data]).toEqual([0.25, 0.25, 0, 0.25]);
  expect([...(await explained('gradient', { layer: 'maps', unit: { channel: 0 } })).data]).toEqual([4, 0, 0, 0]);
  const exact = { layer: 'maps', unit: { channel: 0, y: 1, x: 1 } };
  expect([...(await explained('gradient', exact)).data]).toEqual([0, 0, 0, 3]);
});

test.each([
  ['conv', 'signed'],
  ['maps', 'positive'],
  ['pool', 'positive'],
])('the maps of %s are %s', async (layer, sign) => {
  const explanation = await session.explain(methodNamed('feature-maps'), { input, layer });
  expect(explanation.sign).toBe(sign);
  explanation.dispose();
});

test('deconvnet lets a positive signal through a ReLU that was off, guided backprop does not', async () => {
  const before = { layer: 'conv', unit: { channel: 1, y: 1, x: 0 } };
  expect([...(await explained('deconvnet', before)).data]).toEqual([0, 0, -4, 0]);
  const off = { target: 0 };
  expect((await explained('deconvnet', off)).data[2]).toBe(0.25);
  expect((await explained('guided-backprop', off)).data[2]).toBe(0);
});

test('clip from 0 counts as a ReLU', async () => {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', ['N', 1, 2, 2]);
  const clipped = b.op('clip', [b.op('scale', [x], { factor: 2 })], { min: 0, max: 6 }, 'clipped');
  b.output(b.op('flatten', [b.op('scale', [b.op('globalAveragePool', [clipped])], { factor: -4 })], {}, 'logits'));
  const model = { ...handNetwork(), graph: b.build(), parameters: new Map() };
  const own = await Session.create(device, model);
  const signal = async (method: string, layer: string, y: number, column: number): Promise<readonly number[]> => {
    const unit = { channel: 0, y, x: column };
    const explanation = await own.explain(methodNamed(method), { input, layer, unit });
    const { data } = await explanation.tensor.read();
    explanation.dispose();
    return [...data];
  };
  // The input doubled is 8, 4, -2, 6: above, inside, below, and at the bound.
  expect(await signal('guided-backprop', 'clipped', 0, 1)).toEqual([0, 8, 0, 0]);
  expect(await signal('guided-backprop', 'clipped', 0, 0)).toEqual([0, 0, 0, 0]);
  expect(await signal('deconvnet', 'clipped', 0, 0)).toEqual([12, 0, 0, 0]);
  const negative = await own.explain(methodNamed('deconvnet'), { input, target: 0 });
  expect([...(await negative.tensor.read()).data]).toEqual([0, 0, 0, 0]);
  negative.dispose();
  own.dispose();
});

test('the top class is named where none is asked for, and so is the place of a unit', async () => {
  const byClass = await session.explain(methodNamed('gradient'), { input });
  expect(byClass.targets).toEqual([{ index: 0, label: 'bright' }]);
  expect(byClass.remarks[0]).toContain('bright');
  const byUnit = await session.explain(methodNamed('deconvnet'), { input, layer: 'maps', unit: { channel: 1 } });
  expect(byUnit.units).toEqual([{ channel: 1, y: 1, x: 0 }]);
  expect(byUnit.remarks.join()).toContain('1805.07039');
  byClass.dispose();
  byUnit.dispose();
});

describe('refuses, naming what is allowed', () => {
  test.each([
    ['a class that is not there', 'gradient', { target: 2 }, 'invalid-parameter', 'from 0 to 1'],
    [
      'a channel that is not there',
      'deconvnet',
      { layer: 'maps', unit: { channel: 2 } },
      'invalid-parameter',
      'below 2',
    ],
    ['half a position', 'deconvnet', { layer: 'maps', unit: { channel: 0, y: 1 } }, 'invalid-parameter', 'C,Y,X'],
    ['a layer that is not there', 'grad-cam', { layer: 'map' }, 'unknown-name', 'maps'],
    ['a layer without maps', 'feature-maps', { layer: 'logits' }, 'invalid-parameter', 'a layer of maps'],
    ['a unit without a layer', 'gradient', { unit: { channel: 0 } }, 'invalid-parameter', 'a layer'],
    ['a class and a unit', 'gradient', { layer: 'maps', target: 0 }, 'invalid-parameter', 'a target, or'],
    ['an unknown parameter', 'grad-cam', { parameters: { rule: true } }, 'invalid-parameter', 'relu'],
    ['a parameter of another type', 'grad-cam', { parameters: { relu: 1 } }, 'invalid-parameter', 'true or false'],
    ['a picture of another size', 'gradient', { input: float32Tensor([1, 1, 3, 3]) }, 'invalid-shape', 'Nx1x2x2'],
  ])('%s', async (_what, method, request, code, wanted) => {
    await expect(explained(method, request)).rejects.toMatchObject({ code, message: expect.stringContaining(wanted) });
  });

  test('a method that does not exist', () => {
    expect(() => methodNamed('grad')).toThrow(methodNames.join(', '));
  });
});

test('cancels before it starts', async () => {
  const signal = AbortSignal.abort();
  await expect(explained('gradient', { signal })).rejects.toMatchObject({ code: 'cancelled' });
});

test('a thousand explanations leave no byte behind', async () => {
  await explained('grad-cam', {});
  const before = device.memory.use;
  for (let n = 0; n < 1000; n++) (await session.explain(methodNamed('grad-cam'), { input, target: n % 2 })).dispose();
  const { bytes, buffers } = device.memory.use;
  expect({ bytes, buffers }).toEqual({ bytes: before.bytes, buffers: before.buffers });
});
