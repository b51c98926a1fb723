import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import type { TensorData } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { fit, type FitOptions, type FitState } from './fit.ts';
import type { Optimizer } from './optimizers.ts';
import { Random } from './random.ts';
import { smallFit, smallNetwork, smallPictures, smallTrainer } from './small-training.test-helper.ts';
import { Trainer } from './trainer.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

const data = smallPictures(44);
const base: FitOptions = { ...smallFit, data, validation: data };

async function trainerWith(
  optimizer: Optimizer,
  more: { parameters?: ReadonlyMap<string, TensorData>; steps?: number } = {},
) {
  return smallTrainer(device, { optimizer, augmentation: undefined, ...more });
}

test.each<Optimizer>([{ kind: 'sgd', momentum: 0.9, weightDecay: 1e-4 }, { kind: 'adam' }])(
  '30 steps give the bits of 15 and a resumed 15, with $kind',
  async (optimizer) => {
    const kept: { state: FitState; parameters: ReadonlyMap<string, TensorData> }[] = [];
    const straight = await trainerWith(optimizer);
    const whole = await fit(straight, {
      ...base,
      checkpoints: { steps: [0, 15, 22] },
      onCheckpoint: async (state) => void kept.push({ state, parameters: await straight.readAll() }),
    });
    const wanted = await straight.readAll();
    straight.dispose();
    expect(kept.map(({ state }) => state.step)).toEqual([0, 15, 22, 33]);
    for (const { state, parameters } of kept) {
      const resumed = await trainerWith(optimizer, { parameters, steps: state.step });
      const rest = await fit(resumed, { ...base, from: state });
      expect(await resumed.readAll()).toEqual(wanted);
      expect(rest.evaluations).toEqual(whole.evaluations);
      expect(rest.losses).toEqual(whole.losses);
      resumed.dispose();
    }
  },
);

test('a place of another training is refused', async () => {
  const trainer = await trainerWith({ kind: 'sgd' });
  const from = { step: 5, losses: [], evaluations: [] };
  await expect(fit(trainer, { ...base, from })).rejects.toThrow(/of another length; got step 5/);
  trainer.dispose();
});

test('the training ends early where nothing gets better', async () => {
  const trainer = await trainerWith({ kind: 'sgd' });
  const options = { ...base, epochs: 9, learningRate: 0, earlyStop: { patience: 2 } };
  const { evaluations } = await fit(trainer, options);
  expect(evaluations.length).toBe(3);
  trainer.dispose();
});

test('the node that made the first infinity is named, with its step', async () => {
  const before = device.memory.use;
  const trainer = await Trainer.create(device, {
    training: smallNetwork(4, { dropout: false, logarithm: true }),
    inference: smallNetwork('N', { dropout: false, logarithm: true }),
    optimizer: { kind: 'adam' },
    seed: 1,
  });
  const broken = smallPictures(40);
  // The seventh batch of the first epoch holds the row.
  const row = new Random(4, 1).permutation(40)[25] ?? 0;
  broken.images.data[row * 36 + 14] = -1;
  const training = fit(trainer, { ...base, data: broken, validation: broken });
  await expect(training).rejects.toMatchObject({ code: 'non-finite', detail: { node: 'logarithm' } });
  await expect(training).rejects.toThrow(/broke at step 7: this log made/);
  trainer.dispose();
  await device.idle();
  expect(device.memory.use).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
});

test('a learning rate that is too high is found out, though the ReLU hides what it made', async () => {
  const trainer = await trainerWith({ kind: 'sgd' });
  await expect(fit(trainer, { ...base, learningRate: 1e30 })).rejects.toMatchObject({ code: 'non-finite' });
  trainer.dispose();
});
