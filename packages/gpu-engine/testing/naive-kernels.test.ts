import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../src/index.ts';
import { requestNodeDevice } from '../src/node.ts';
import { opDisagreements } from './op-conformance.ts';
import { suites } from './suites.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

const withNaiveKernels = ['conv2d', 'conv2dInputGradient', 'conv2dWeightGradient', 'dense', 'matmul'];

test.each(suites.filter(({ op }) => withNaiveKernels.includes(op)).map((suite) => [suite.op, suite] as const))(
  '%s with its naive kernels agrees with its float64 reference in 200 configurations',
  async (_op, suite) => {
    expect(await opDisagreements(device, suite, { seed: 1, count: 200, kernels: 'naive' })).toEqual([]);
  },
);
