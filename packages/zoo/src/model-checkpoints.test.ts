import { readCheckpoint } from '@convscope/formats';
import { float32Tensor } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { readSnapshots, writeSnapshots } from './model-checkpoints.ts';
import { loadCheckpoints, loadModel } from './node.ts';

const models = ['digits', 'shapes'];

test.each(models)(
  '%s comes with a dozen checkpoints, the last of which is the model in half precision',
  async (name) => {
    const { model, snapshots, report } = await loadCheckpoints(name);
    expect(snapshots.length).toBeGreaterThanOrEqual(12);
    expect(snapshots[0]?.step).toBe(0);
    expect(snapshots.map(({ step }) => step)).toEqual(
      [...new Set(snapshots.map(({ step }) => step))].sort((a, b) => a - b),
    );
    const last = snapshots.at(-1);
    expect(last?.step).toBe(report.losses.at(-1)?.step);
    for (const [parameter, { data }] of model.parameters) {
      const rounded = last?.parameters.get(parameter)?.data ?? [];
      expect(rounded.length).toBe(data.length);
      data.forEach((value, index) => {
        const gap = Math.abs(value - (rounded[index] ?? NaN));
        expect(gap).toBeLessThanOrEqual(Math.max(2 ** -24, Math.abs(value) * 2 ** -11));
      });
    }
    expect(report.evaluations.at(-1)?.accuracy).toBeGreaterThanOrEqual(0.98);
  },
);

test('what is not of the network is refused', async () => {
  const model = await loadModel('digits');
  const report = { losses: [], evaluations: [] };
  const write = (parameters: [string, ReturnType<typeof float32Tensor>][]) =>
    writeSnapshots({ snapshots: [{ step: 3, parameters: new Map(parameters) }], report });
  expect(() => readSnapshots(write([['other', float32Tensor([2])]]), model, 'f')).toThrow(/step-000000003:other/);
  expect(() => readSnapshots(write([['conv1.bias', float32Tensor([16])]]), model, 'f')).toThrow(
    /step 3, tensor conv1.weight: a parameter is missing/,
  );
  expect(() => readCheckpoint(write([]), 'f')).toThrow(/not a Convscope checkpoint/);
});

test('unknown names are refused', async () => {
  await expect(loadCheckpoints('cats')).rejects.toThrow(/got "cats"; wanted digits/);
});
