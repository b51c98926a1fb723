import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConvscopeError, type TensorData } from '../graph/index.ts';
import type { GpuDevice } from '../device/gpu-device.ts';
import { requestNodeDevice } from '../node.ts';
import { fit, type FitState } from './fit.ts';
import { smallFit, smallTrainer } from './small-training.test-helper.ts';
import { TrainingControl } from './training-control.ts';
import { Random } from './random.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

test('pauses between two steps, is kept there when asked, and goes on to the same bits', async () => {
  const straight = await smallTrainer(device);
  await fit(straight, smallFit);
  const wanted = await straight.readAll();
  straight.dispose();

  const trainer = await smallTrainer(device);
  const control = new TrainingControl();
  const kept: number[] = [];
  const training = fit(trainer, {
    ...smallFit,
    lossEvery: 1,
    control,
    onCheckpoint: ({ step }) => void kept.push(step),
    onProgress: ({ kind, step }) => {
      if (kind === 'step' && step === 5) control.pause();
    },
  });
  while (trainer.steps < 5) await new Promise((resolve) => setImmediate(resolve));
  control.requestCheckpoint();
  while (kept.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([trainer.steps, kept]).toEqual([5, [5]]);
  control.resume();
  await training;
  expect(await trainer.readAll()).toEqual(wanted);
  trainer.dispose();
});

test('is cancelled while it is paused', async () => {
  const trainer = await smallTrainer(device);
  const control = new TrainingControl();
  control.pause();
  const training = fit(trainer, { ...smallFit, control });
  control.cancel();
  await expect(training).rejects.toMatchObject({ code: 'cancelled' });
  expect(trainer.steps).toBe(0);
  trainer.dispose();
});

test('the device lost at 20 random moments, the training goes on from its last checkpoint to the same bits', async () => {
  const straight = await smallTrainer(device);
  const whole = await fit(straight, smallFit);
  const wanted = await straight.readAll();
  straight.dispose();

  let kept: { readonly state: FitState; readonly parameters: ReadonlyMap<string, TensorData> } | undefined;
  const random = new Random(11);
  let losses = 0;
  for (let attempt = 0; ; attempt++) {
    const own = await requestNodeDevice();
    const trainer = await smallTrainer(own, kept && { parameters: kept.parameters, steps: kept.state.step });
    // A turn of the event loop or more after the start; the last attempt is left alone.
    let turns = losses < 20 ? random.below(40) : Infinity;
    const lose = (): void => {
      turns -= 1;
      if (turns < 0) own.handle.destroy();
      else if (turns < Infinity) setImmediate(lose);
    };
    lose();
    try {
      const report = await fit(trainer, {
        ...smallFit,
        from: kept?.state,
        checkpoints: { steps: [0], everySteps: 4 },
        onCheckpoint: async (state) => {
          // Parameters count only when all of them were read.
          kept = { state, parameters: await trainer.readAll() };
        },
      });
      if (losses < 20) {
        // It was done before the moment came: begin anew.
        kept = undefined;
        continue;
      }
      expect(report).toEqual(whole);
      expect(await trainer.readAll()).toEqual(wanted);
      break;
    } catch (error) {
      expect(error).toBeInstanceOf(ConvscopeError);
      expect(['device-lost', 'disposed']).toContain((error as ConvscopeError).code);
      losses += 1;
    } finally {
      trainer.dispose();
      own.dispose();
    }
    expect(attempt).toBeLessThan(200);
  }
  expect(losses).toBe(20);
});

test('1,000 steps of training give every byte and buffer back', async () => {
  const before = device.memory.use;
  const trainer = await smallTrainer(device);
  const { images, labels } = smallFit.data;
  const batch = {
    images: { ...images, shape: [4, 1, 6, 6], data: images.data.slice(0, 144) },
    labels: { ...labels, shape: [4], data: labels.data.slice(0, 4) },
  };
  await (await trainer.step(batch.images, batch.labels, 0.01)).read();
  await device.idle();
  const ready = device.memory.use;
  for (let step = 0; step < 1000; step++) {
    const loss = await trainer.step(batch.images, batch.labels, 0.01);
    if (step % 20 === 0) await loss.read();
  }
  await device.idle();
  expect(device.memory.use).toEqual(ready);
  trainer.dispose();
  await device.idle();
  expect(device.memory.use).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
});
