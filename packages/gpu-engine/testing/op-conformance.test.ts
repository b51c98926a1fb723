import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../src/index.ts';
import { requestNodeDevice } from '../src/node.ts';
import { mostPipelines, opDisagreements } from './op-conformance.ts';
import { suites } from './suites.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

test.each(suites.map((suite) => [suite.title ?? suite.op, suite] as const))(
  '%s agrees with its float64 reference, forward and backward, in 200 configurations',
  async (_op, suite) => {
    const pipelines = device.pipelines.size;
    expect(await opDisagreements(device, suite, { seed: 1, count: 200 })).toEqual([]);
    expect(device.pipelines.size - pipelines).toBeLessThanOrEqual(mostPipelines(suite));
  },
);

test('every run has given its memory back', async () => {
  await device.idle();
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
});
