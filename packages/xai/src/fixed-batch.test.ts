import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor, GraphBuilder, type TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import type { Model } from '@convscope/formats';
import { completeness, deletionInsertion } from './checks/index.ts';
import type { ParameterValues } from './method.ts';
import { methodNamed } from './method-named.ts';
import { Session } from './session.ts';
import { topActivations } from './top-activations.ts';

const wave = (shape: readonly number[], seed: number): TensorData<'float32'> => {
  const length = shape.reduce((product, size) => product * size, 1);
  return float32Tensor(
    shape,
    Array.from({ length }, (_, index) => Math.sin((index + 1) * 1.7 * seed)),
  );
};

/** A convolution, ReLU and a dense layer, after a reshape that holds for one size of the batch only. */
function network(batch: number | 'N', end: 'flatten' | 'reshape'): Model {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', [batch, 1, 6, 6]);
  const conv = b.op('conv2d', [x, b.parameter('w', [3, 1, 3, 3])], { pads: [1, 1, 1, 1] }, 'conv');
  const maps = b.op('relu', [conv], {}, 'maps');
  const flat =
    end === 'flatten' ? b.op('flatten', [maps]) : b.op('reshape', [maps], { shape: [batch === 'N' ? 1 : batch, -1] });
  b.output(b.op('dense', [flat, b.parameter('d', [2, 108])], {}, 'logits'));
  const preprocessing = { channels: 1, height: 6, width: 6, mean: [0], standardDeviation: [1], scale: 1 } as const;
  return {
    name: 'fixed',
    graph: b.build(),
    parameters: new Map([
      ['w', wave([3, 1, 3, 3], 1)],
      ['d', wave([2, 108], 0.3)],
    ]),
    input: 'x',
    logits: 'logits',
    preprocessing: { ...preprocessing, order: 'rgb', resize: 'stretch' },
    labels: [],
    notes: new Map(),
  };
}

const input = wave([1, 1, 6, 6], 0.9);
let device: GpuDevice;
let free: Session;
let fixed: Session;

beforeAll(async () => {
  device = await requestNodeDevice();
  free = await Session.create(device, network('N', 'flatten'));
  fixed = await Session.create(device, network(1, 'reshape'));
});

afterAll(() => {
  free.dispose();
  fixed.dispose();
  device.dispose();
});

async function explained(session: Session, name: string, parameters: ParameterValues): Promise<ArrayLike<number>> {
  const explanation = await session.explain(methodNamed(name), { input, target: 1, parameters });
  try {
    return (await explanation.tensor.read()).data;
  } finally {
    explanation.dispose();
  }
}

test('a size of the batch that only the input states is given up, one that a node computes with is kept', async () => {
  const stated = await Session.create(device, network(4, 'flatten'));
  expect([free.fixedBatch, stated.fixedBatch, fixed.fixedBatch]).toEqual([undefined, undefined, 1]);
  expect(await stated.predict(input)).toEqual(await free.predict(input));
  stated.dispose();
});

test.each([
  ['integrated-gradients', { steps: 7 }],
  ['smooth-grad', { samples: 5 }],
  ['rise', { masks: 12 }],
  ['occlusion', { size: 2, stride: 2 }],
  ['score-cam', {}],
  ['ablation-cam', {}],
])('%s computes one picture at a time where the network takes no more', async (name, parameters) => {
  const [wanted, got] = [await explained(free, name, parameters), await explained(fixed, name, parameters)];
  expect(got).toHaveLength(wanted.length);
  Array.from(wanted).forEach((value, index) => expect(got[index]).toBeCloseTo(value, 5));
  expect(Array.from(wanted).some((value) => Math.abs(value) > 1e-3)).toBe(true);
});

test('so do deconvnets of all channels, top activations and checks', async () => {
  const overlay = async (session: Session) => {
    const explanation = await session.explain(methodNamed('deconvnet-overlay'), { input, layer: 'maps' });
    const { data } = await explanation.tensor.read();
    explanation.dispose();
    return Array.from(data, (value) => value.toFixed(4));
  };
  expect(await overlay(fixed)).toEqual(await overlay(free));
  const pictures = wave([5, 1, 6, 6], 0.4);
  const top = async (session: Session) =>
    (await topActivations(session, pictures, { layer: 'maps', channels: [1], count: 2 })).map((channel) =>
      channel.top.map(({ picture, activation }) => [picture, activation.toFixed(4)]),
    );
  expect(await top(fixed)).toEqual(await top(free));
  const area = async (session: Session) =>
    (await deletionInsertion(session, input, input.data, { target: 0, steps: 4 })).deletionArea;
  expect(await area(fixed)).toBeCloseTo(await area(free), 6);
  const request = { method: 'gradient-x-input', parameters: {}, input, target: 0, attribution: input };
  expect((await completeness(fixed, request))?.gap).toBeCloseTo((await completeness(free, request))?.gap ?? 0, 4);
});

test('says what it takes where a batch of several is fixed', async () => {
  const four = await Session.create(device, network(4, 'reshape'));
  await expect(four.predict(input)).rejects.toMatchObject({
    code: 'invalid-shape',
    message: expect.stringMatching(/depends on the size of its batch.*1 pictures.*4/),
  });
  expect(await four.predict(wave([4, 1, 6, 6], 0.9))).toHaveLength(4);
  four.dispose();
});
