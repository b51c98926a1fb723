import type { GpuDevice } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { afterAll, beforeAll, expect } from 'vitest';
import { casesIn, runConformanceCase } from '../../testing/onnx-conformance.ts';
import { readTar } from '../../testing/tar.ts';
import { unsupportedCases } from '../../testing/unsupported-cases.ts';
import { realFile, testOnRealData } from '../fixtures.test-helper.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

testOnRealData("ONNX's own node tests pass, but for those that are listed with reasons", async () => {
  const cases = casesIn(readTar(realFile('conformance/onnx_node_cnn.tar.gz')));
  const failed: string[] = [];
  const unsupported: string[] = [];
  for (const testCase of cases) {
    const { name, status, reason } = await runConformanceCase(device, testCase);
    if (status === 'failed') failed.push(`${name}: ${reason}`);
    if (status === 'unsupported') unsupported.push(name);
  }
  expect(failed).toEqual([]);
  expect(unsupported.toSorted()).toEqual([...unsupportedCases.keys()].toSorted());
  expect(cases.length - unsupported.length).toBeGreaterThanOrEqual(490);
});
