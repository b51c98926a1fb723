import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../src/index.ts';
import { requestNodeDevice } from '../src/node.ts';
import { guardedGpu } from './guarded-gpu.ts';
import { opDisagreements } from './op-conformance.ts';
import { suites } from './suites.ts';

const CASES = 16;
const guard = guardedGpu();
let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice({ wrap: guard.wrap });
});

afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

test.each(suites.map((suite) => [suite.title ?? suite.op, suite] as const))(
  '%s changes no word around its buffers, forward and backward',
  async (_op, suite) => {
    expect(await opDisagreements(device, suite, { seed: 5, count: CASES })).toEqual([]);
    expect(await guard.damages()).toEqual([]);
    expect(guard.buffers()).toBeGreaterThan(0);
  },
);

test('a kernel that writes one word too many is found out', async () => {
  const own = guardedGpu();
  const guarded = await requestNodeDevice({ wrap: own.wrap });
  const [buffer] = (await guarded.memory.allocate([64])) as [GPUBuffer];
  const code = `@group(0) @binding(0) var<storage, read_write> output: array<u32>;
    @compute @workgroup_size(17, 1, 1) fn main(@builtin(global_invocation_id) id: vec3<u32>) { output[id.x] = id.x; }`;
  const { handle } = guarded;
  const pipeline = handle.createComputePipeline({
    layout: 'auto',
    compute: { module: handle.createShaderModule({ code }) },
  });
  const bindGroup = handle.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer } }],
  });
  const encoder = handle.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(1);
  pass.end();
  handle.queue.submit([encoder.finish()]);
  expect(await own.damages()).toEqual(['64 bytes: word 0 after the buffer is 0x10']);
  guarded.memory.release([buffer]);
  guarded.dispose();
});
