import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import {
  float32Tensor,
  GraphBuilder,
  int32Tensor,
  type Dimension,
  type Graph,
  type TensorData,
} from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { ParameterSet } from '../plan/parameter-set.ts';
import { Plan } from '../plan/plan.ts';
import { batchNormWithRunningStatistics } from './running-statistics.ts';
import type { Optimizer } from './optimizers.ts';
import { Trainer } from './trainer.ts';
import { fit, type FitOptions } from './fit.ts';

interface Curves {
  readonly sgd: readonly number[];
  readonly nesterov: readonly number[];
  readonly adam: readonly number[];
  readonly batchNorm: Readonly<Record<'sgd' | 'adam', NormCurve>>;
}

interface NormCurve {
  readonly losses: readonly number[];
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly inferenceLoss: number;
}

const fixture = new URL('../../fixtures/training-curves.json', import.meta.url);
const pytorch = JSON.parse(readFileSync(fixture, 'utf8')) as Curves;
let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

/** The numbers of make-training-curves.py. */
function numbers(seed: number, shape: readonly number[], scale: number): TensorData<'float32'> {
  const tensor = float32Tensor(shape);
  let state = seed;
  for (let index = 0; index < tensor.data.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    tensor.data[index] = ((state >>> 8) / 2 ** 23 - 1) * scale;
  }
  return tensor;
}

const batches = [0, 1, 2, 3].map((index) => ({
  images: numbers(100 + index, [8, 1, 8, 8], 1),
  labels: int32Tensor(
    [8],
    Array.from({ length: 8 }, (_, row) => (row * 3 + index) % 5),
  ),
}));

const weights = new Map<string, TensorData>([
  ['conv.weight', numbers(1, [4, 1, 3, 3], 0.5)],
  ['conv.bias', numbers(2, [4], 0.5)],
  ['dense.weight', numbers(3, [5, 64], 0.25)],
  ['dense.bias', numbers(4, [5], 0.25)],
]);

/** Convolution, ReLU, max-pool, dense; with dropout before the last layer where a rate is given. */
function plainNetwork(batch: Dimension, dropout = 0): Graph {
  const builder = new GraphBuilder();
  const x = builder.input('x', 'float32', [batch, 1, 8, 8]);
  const w = builder.parameter('conv.weight', [4, 1, 3, 3], { initial: { kind: 'normal', standardDeviation: 0.4 } });
  const conv = builder.op('conv2d', [x, w], { pads: [1, 1, 1, 1] });
  const active = builder.op('relu', [builder.op('bias', [conv, builder.parameter('conv.bias', [4])])]);
  const pooled = builder.op('maxPool', [active], { kernelSize: [2, 2], strides: [2, 2] });
  let flat = builder.op('flatten', [pooled]);
  if (dropout > 0) flat = builder.op('dropout', [flat, builder.scalar('seed', 'int32')], { rate: dropout });
  const v = builder.parameter('dense.weight', [5, 64], { initial: { kind: 'normal', standardDeviation: 0.2 } });
  const product = builder.op('dense', [flat, v]);
  builder.output(builder.op('bias', [product, builder.parameter('dense.bias', [5])], {}, 'logits'));
  return builder.build();
}

async function lossCurve(trainer: Trainer, steps: number, learningRate: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { images, labels } = batches[step % 4] as (typeof batches)[0];
    const loss = await trainer.step(images, labels, learningRate);
    losses.push((await loss.read()).data[0] as number);
  }
  return losses;
}

function largestGap(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] as number))), 0);
}

test.each<['sgd' | 'nesterov' | 'adam', Optimizer, number]>([
  ['sgd', { kind: 'sgd', momentum: 0.9, weightDecay: 1e-3 }, 0.05],
  ['nesterov', { kind: 'sgd', momentum: 0.9, nesterov: true }, 0.05],
  ['adam', { kind: 'adam' }, 0.01],
])('100 steps of %s follow PyTorch', async (name, optimizer, learningRate) => {
  const before = device.memory.use;
  const trainer = await Trainer.create(device, {
    training: plainNetwork(8),
    inference: plainNetwork('N'),
    optimizer,
    seed: 1,
    parameters: weights,
  });
  expect(largestGap(await lossCurve(trainer, 100, learningRate), pytorch[name])).toBeLessThan(1e-3);
  trainer.dispose();
  await device.idle();
  expect(device.memory.use).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
});

test.each<['sgd' | 'adam', Optimizer, number]>([
  ['sgd', { kind: 'sgd', momentum: 0.9 }, 0.01],
  ['adam', { kind: 'adam' }, 0.002],
])('100 steps of %s with batch norm follow PyTorch, with its running statistics', async (name, optimizer, rate) => {
  const network = (mode: 'training' | 'inference'): Graph => {
    const builder = new GraphBuilder();
    const x = builder.input('x', 'float32', [8, 1, 8, 8]);
    const conv = builder.op('conv2d', [x, builder.parameter('conv.weight', [4, 1, 3, 3])], { pads: [1, 1, 1, 1] });
    const scale = builder.parameter('norm.scale', [4], { initial: { kind: 'ones' } });
    const shift = builder.parameter('norm.shift', [4]);
    const mean = builder.parameter('norm.mean', [4], { trainable: false });
    const variance = builder.parameter('norm.variance', [4], { trainable: false, initial: { kind: 'ones' } });
    const norm =
      mode === 'training'
        ? batchNormWithRunningStatistics(builder, [conv, scale, shift], { mean, variance }, { name: 'norm' })
        : builder.op('batchNormInference', [conv, scale, shift, mean, variance], {}, 'norm');
    const flat = builder.op('flatten', [builder.op('relu', [norm])]);
    builder.output(builder.op('dense', [flat, builder.parameter('dense.weight', [5, 256])], {}, 'logits'));
    return builder.build();
  };
  const trainer = await Trainer.create(device, {
    training: network('training'),
    inference: network('inference'),
    optimizer,
    seed: 1,
    parameters: new Map([
      ['conv.weight', numbers(1, [4, 1, 3, 3], 0.5)],
      ['dense.weight', numbers(3, [5, 256], 0.25)],
    ]),
  });
  const { losses, mean, variance, inferenceLoss } = pytorch.batchNorm[name];
  expect(largestGap(await lossCurve(trainer, 100, rate), losses)).toBeLessThan(1e-3);
  const read = await trainer.read();
  expect([...read.keys()].filter((key) => key.startsWith('optimizer'))).toEqual([]);
  expect(largestGap([...(read.get('norm.mean')?.data ?? [])], mean)).toBeLessThan(1e-4);
  expect(largestGap([...(read.get('norm.variance')?.data ?? [])], variance)).toBeLessThan(1e-4);
  const evaluation = await trainer.evaluate(batches[0] as (typeof batches)[0]);
  expect(Math.abs(evaluation.loss - inferenceLoss)).toBeLessThan(1e-3);
  trainer.dispose();
});

async function trained(seed: number, more: Partial<FitOptions> = {}): Promise<readonly number[]> {
  const trainer = await Trainer.create(device, {
    training: plainNetwork(8, 0.25),
    inference: plainNetwork('N'),
    optimizer: { kind: 'adam' },
    seed,
  });
  try {
    const data = {
      images: numbers(7, [40, 1, 8, 8], 1),
      labels: int32Tensor(
        [40],
        Array.from({ length: 40 }, (_, row) => row % 5),
      ),
    };
    const report = await fit(trainer, {
      data,
      validation: data,
      epochs: 4,
      learningRate: 0.01,
      seed,
      lossEvery: 4,
      ...more,
    });
    const parameters = await trainer.read();
    const values = [...parameters.values()].flatMap((tensor) => [...tensor.data]);
    return [...values, ...report.losses.map(({ loss }) => loss), ...report.evaluations.map(({ loss }) => loss)];
  } finally {
    trainer.dispose();
  }
}

test('the same seed gives the same bits, another seed others', async () => {
  const first = await trained(5);
  expect(await trained(5)).toEqual(first);
  expect(await trained(6)).not.toEqual(first);
});

test('progress is told, evaluations improve, and a cancelled training stops', async () => {
  const told: string[] = [];
  await trained(5, {
    onProgress: ({ kind, step, steps, epoch }) => void told.push(`${kind} ${step}/${steps} in ${epoch}`),
  });
  expect(told.slice(0, 4)).toEqual(['step 1/20 in 1', 'step 4/20 in 1', 'step 5/20 in 1', 'epoch 5/20 in 1']);
  const controller = new AbortController();
  const cancelled = trained(5, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
});

test('1,000 runs of a plan give every byte and buffer back', async () => {
  const before = device.memory.use;
  const parameters = await ParameterSet.create(device, weights);
  const plan = await Plan.compile(device, plainNetwork(8), { outputs: ['logits'] });
  const instance = await plan.instantiate(parameters);
  const { images } = batches[0] as (typeof batches)[0];
  await (await instance.run({ inputs: { x: images } })).get('logits')?.read();
  const ready = device.memory.use;
  for (let run = 0; run < 1000; run++) {
    const logits = (await instance.run({ inputs: { x: images } })).get('logits');
    if (run % 20 === 0) await logits?.read();
  }
  await device.idle();
  expect(device.memory.use).toEqual(ready);
  instance.dispose();
  plan.dispose();
  parameters.dispose();
  await device.idle();
  expect(device.memory.use).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
});
