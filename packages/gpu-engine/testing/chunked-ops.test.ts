import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../src/index.ts';
import { requestNodeDevice } from '../src/node.ts';
import { opDisagreements } from './op-conformance.ts';
import type { OpCase } from './reference.ts';
import { suites } from './suites.ts';

/** Bindings so small that the cases' tensors are cut: over rows, or inside of them where a row is larger. */
const LIMIT = 512;
/** Every cut case compiles kernels of its own. */
const CASES = 2;

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice({ maxBindingBytes: LIMIT });
});

afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

/** Bindings that the largest input needs. */
function bindings({ inputs }: OpCase): number {
  return Math.max(...inputs.map(({ data }) => Math.ceil((4 * data.length) / LIMIT)));
}

test.each(suites.map((suite) => [suite.title ?? suite.op, suite] as const))(
  '%s gives the same where its tensors are larger than a binding, forward and backward',
  async (_op, suite) => {
    const cut = [...suite.cases(3, 200)].filter((testCase) => bindings(testCase) > 1 && bindings(testCase) <= 3);
    let refused = 0;
    for (const testCase of cut.slice(0, CASES)) {
      const messages = await opDisagreements(device, { ...suite, cases: () => [testCase] }, { seed: 3, count: 1 });
      // Where a gradient sums over tensors of more chunks than a kernel binds, it must say so, and never be wrong.
      const limits = messages.filter((message) => message.includes('need more bindings than a kernel can have'));
      expect(messages.filter((message) => !limits.includes(message))).toEqual([]);
      refused += limits.length;
    }
    if (device.maxBindings >= 16) expect(refused).toBeLessThan(Math.max(1, cut.slice(0, CASES).length));
  },
);
