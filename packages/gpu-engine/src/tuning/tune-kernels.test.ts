import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import { GraphBuilder, type Graph } from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { kernelQuestions } from '../plan/kernel-questions.ts';
import { ParameterSet } from '../plan/parameter-set.ts';
import { Plan } from '../plan/plan.ts';
import { initializeParameters } from '../training/initialize.ts';
import { kernelChoices, readKernelTuning, tuningGain } from './kernel-tuning.ts';
import { tuneKernels, type TuneProgress } from './tune-kernels.ts';
import { tuningWorkload } from './tuning-workload.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

/** A convolution with stride, a depthwise and a transposed one with room left over, and a dense layer. */
function network(): Graph {
  const builder = new GraphBuilder();
  const normal = { initial: { kind: 'normal', standardDeviation: 0.3 } } as const;
  const weight = (name: string, ...shape: readonly number[]) => builder.parameter(name, shape, normal);
  let x = builder.input('x', 'float32', ['N', 3, 'H', 'W']);
  x = builder.op('conv2d', [x, weight('first', 8, 3, 3, 3)], { strides: [2, 2], pads: [1, 1, 1, 1] });
  x = builder.op('conv2d', [x, weight('own', 8, 1, 3, 3)], { groups: 8, pads: [1, 1, 1, 1] });
  x = builder.op('convTranspose2d', [x, weight('up', 8, 4, 2, 2)], { strides: [2, 2], outputPadding: [1, 1] });
  x = builder.op('conv2d', [x, weight('last', 6, 4, 1, 1)]);
  const flat = builder.op('flatten', [builder.op('globalAveragePool', [x])]);
  builder.output(builder.op('dense', [flat, weight('dense', 5, 6)], {}, 'logits'));
  return builder.build();
}

const workload = tuningWorkload(network(), { logits: 'logits', input: 'x', shape: [2, 3, 12, 12], training: true });

/** Every output of the workload by the kernels of these choices. */
async function results(choices: ReadonlyMap<string, string>): Promise<readonly Float32Array[]> {
  const set = await ParameterSet.create(device, initializeParameters(workload, 5));
  const plan = await Plan.compile(device, workload, { choices });
  const instance = await plan.instantiate(set);
  const inputs = Object.fromEntries(
    workload.inputs.map((name) => {
      const shape = workload.values.get(name)?.shape as readonly number[];
      const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => Math.sin(index + 1));
      return [name, { dtype: 'float32', shape, data } as const];
    }),
  );
  const tensors = [...(await instance.run({ inputs })).values()];
  const values = await Promise.all(tensors.map(async (tensor) => (await tensor.read()).data as Float32Array));
  for (const owner of [instance, plan, set]) owner.dispose();
  return values;
}

test('every problem is measured by every hopeful kernel; the choices fit plans, and come back from JSON', async () => {
  const progress: TuneProgress[] = [];
  const clock = () => performance.now();
  const onProgress = (event: TuneProgress) => progress.push(event);
  const tuning = await tuneKernels(device, workload, { clock, rounds: 2, weightsChange: true, onProgress });
  const questions = kernelQuestions(device, workload).filter(({ hopeful }) => hopeful.length > 1);
  expect(questions.length).toBeGreaterThanOrEqual(10);
  expect(tuning.problems.map(({ problem }) => problem)).toEqual([...new Set(questions.map(({ key }) => key))]);
  for (const [index, { problem, timings, usual, candidate }] of tuning.problems.entries()) {
    const question = questions.find(({ key }) => key === problem);
    expect(timings.map(({ name }) => name)).toEqual(question?.hopeful);
    expect(question).toMatchObject({ usual });
    expect(question?.hopeful).toContain(candidate);
    expect(progress[index]).toEqual({ done: index, total: tuning.problems.length, problem });
  }
  expect(progress.at(-1)).toMatchObject({ done: tuning.problems.length, problem: undefined });
  expect(tuning.adapter).toEqual(device.adapter);
  expect(readKernelTuning(JSON.stringify(tuning))).toEqual(tuning);
  expect(kernelChoices(tuning).size).toBe(tuning.problems.length);
});

test('the fastest kernel by the clock is chosen, the usual one where none is clearly faster', async () => {
  // Ticks grow with every reading, so kernels that are measured first in a round seem fastest.
  let [time, step] = [0, 0];
  const growing = () => (time += step += 5);
  const tuning = await tuneKernels(device, workload, { clock: growing, method: 'clock', rounds: 1 });
  expect(tuning).toMatchObject({ method: 'clock', rounds: 1 });
  for (const { usual, candidate, timings } of tuning.problems) {
    const timeOf = (name: string) => timings.find((timing) => timing.name === name)?.milliseconds as number;
    const best = Math.min(...timings.map(({ milliseconds }) => milliseconds));
    if (candidate === usual) expect(timeOf(usual)).toBeLessThan(best / 0.94);
    else expect(timeOf(candidate)).toBe(best);
  }
  expect(tuningGain(tuning)).toBeGreaterThanOrEqual(1);
});

test('the same choices give the same bits, other choices other kernels and nearly the same numbers', async () => {
  const questions = kernelQuestions(device, workload);
  const usual = await results(new Map());
  const others = new Map(
    questions.map(({ key, usual, candidates }) => [key, candidates.findLast((n) => n !== usual) ?? usual]),
  );
  const [first, second] = [await results(others), await results(others)];
  expect(second).toEqual(first);
  expect(first).not.toEqual(usual);
  usual.forEach((values, output) => {
    const scale = Math.max(...values.map(Math.abs));
    values.forEach((value, index) =>
      expect(Math.abs((first[output]?.[index] ?? NaN) - value)).toBeLessThan(1e-5 * scale),
    );
  });
  // Names that no kernel has, or that do not apply, are passed over.
  expect(await results(new Map(questions.map(({ key }) => [key, 'no such kernel'])))).toEqual(usual);
});

test('plans take the choices of their device where they are given none', async () => {
  const [question] = kernelQuestions(device, workload).filter(({ candidates }) => candidates.length > 1);
  if (question === undefined) throw new Error('no question');
  const other = question.candidates.find((name) => name !== question.usual) as string;
  device.kernelChoices = new Map([[question.key, other]]);
  const plan = await Plan.compile(device, workload);
  device.kernelChoices = new Map();
  expect(plan.choices.get(question.key)).toBe(other);
  plan.dispose();
});

test('a tuning can be cancelled, and leaves nothing behind', async () => {
  const controller = new AbortController();
  const onProgress = ({ done }: TuneProgress) => done === 1 && controller.abort();
  const options = {
    clock: () => 0,
    signal: controller.signal,
    onProgress: (event: TuneProgress) => void onProgress(event),
  };
  await expect(tuneKernels(device, workload, options)).rejects.toMatchObject({ code: 'cancelled' });
});
