import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../src/index.ts';
import { requestNodeDevice } from '../src/node.ts';
import { opDisagreements } from './op-conformance.ts';
import { suites } from './suites.ts';

/** Kernels that a device may have to compile for one op and its gradients. */
const MOST_PIPELINES = 12;
/** Convolutions have forms by layout: depthwise ones of three strides and pads, read in vectors or one by one. */
const MOST_PIPELINES_OF = new Map([['conv2d', 24]]);

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
    expect(device.pipelines.size - pipelines).toBeLessThanOrEqual(MOST_PIPELINES_OF.get(suite.op) ?? MOST_PIPELINES);
  },
);

test('every run has given its memory back', async () => {
  await device.idle();
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
});
