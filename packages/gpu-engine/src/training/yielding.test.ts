import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import type { Tensor } from '../device/tensor.ts';
import type { TensorData } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { smallNetwork } from '../plan/evaluate.test-support.ts';
import { ParameterSet } from '../plan/parameter-set.ts';
import { Plan } from '../plan/plan.ts';
import { fit } from './fit.ts';
import { smallFit, smallTrainer } from './small-training.test-helper.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

/** A network whose runs are cut into many submits, over parameters of its own. */
async function instance() {
  const { graph, parameters: tensors, x } = smallNetwork();
  const parameters = await ParameterSet.create(device, new Map(Object.entries(tensors)));
  const plan = await Plan.compile(device, graph, { operationsPerSubmit: 1 });
  const made = await plan.instantiate(parameters);
  return {
    parameters,
    cuts: plan.cuts.size,
    run: async (yields = false): Promise<TensorData> => {
      const results = await made.run({ inputs: { x }, yields });
      return (results.get('logits') as Tensor).read();
    },
    dispose: () => [made, plan, parameters].forEach((owner) => owner.dispose()),
  };
}

test('runs over other parameters end before a yielding run that began earlier, and change none of its bits', async () => {
  const [slow, quick] = [await instance(), await instance()];
  expect(slow.cuts).toBeGreaterThan(4);
  const alone = await slow.run();
  const log: string[] = [];
  const note = (name: string) => () => log.push(name);
  const yielding = slow.run(true);
  const noted = yielding.then(note('yielding'));
  await device.first(async () => {
    for (let run = 0; run < 3; run++) await quick.run().then(note('other'));
  });
  await noted;
  expect(log).toEqual(['other', 'other', 'other', 'yielding']);
  expect(await yielding).toEqual(alone);
  for (const owner of [slow, quick]) owner.dispose();
});

test('a training that is disturbed at every step comes to the same bits', async () => {
  const undisturbed = await smallTrainer(device);
  await fit(undisturbed, smallFit);
  const wanted = await undisturbed.readAll();
  undisturbed.dispose();

  const trainer = await smallTrainer(device);
  const other = await instance();
  const expected = await other.run();
  let answers = 0;
  const disturb = async (): Promise<void> => {
    expect(await device.first(async () => other.run())).toEqual(expected);
    answers += 1;
  };
  const disturbances: Promise<void>[] = [];
  await fit(trainer, { ...smallFit, lossEvery: 1, onProgress: () => void disturbances.push(disturb()) });
  await Promise.all(disturbances);
  expect(await trainer.readAll()).toEqual(wanted);
  expect(answers).toBeGreaterThan(5);
  for (const owner of [trainer, other]) owner.dispose();
});
