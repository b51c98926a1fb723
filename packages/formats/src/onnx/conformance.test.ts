import type { GpuDevice } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  casesIn,
  runConformanceCase,
  runConformanceCases,
  type ConformanceCase,
} from '../../testing/onnx-conformance.ts';
import { readTar } from '../../testing/tar.ts';
import { unsupportedCases, unsupportedModelCases } from '../../testing/unsupported-cases.ts';
import { decodeModel, encodeModel } from './decode.ts';
import type { OperatorSetIdProto } from './schema.gen.ts';
import { fixture, realFile, testOnRealData } from '../fixtures.test-helper.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

testOnRealData("ONNX's own node tests pass, but for those that are listed with reasons", async () => {
  const cases = casesIn(readTar(realFile('conformance/onnx_node_cnn.tar.gz')));
  const { failed, unsupported } = await runConformanceCases(device, cases);
  expect(failed).toEqual([]);
  expect(unsupported).toEqual([...unsupportedCases.keys()].toSorted());
  expect(cases.length - unsupported.length).toBeGreaterThanOrEqual(490);
});

test('cases of opset 6, of three dimensions, and a light model pass', async () => {
  const cases = casesIn(readTar(fixture('onnx-backend/cases.tar.gz')));
  expect(cases).toHaveLength(24);
  for (const testCase of cases) {
    const { name, status, reason } = await runConformanceCase(device, testCase);
    expect(status, `${name}: ${reason}`).toBe(unsupportedModelCases.has(name) ? 'unsupported' : 'passed');
  }
});

test('a version that is not read is unsupported, with what came and what was wanted', async () => {
  const { name, model, sets } = casesIn(readTar(fixture('onnx-backend/cases.tar.gz'))).find(
    (testCase) => testCase.name === 'test_operator_addmm',
  ) as ConformanceCase;
  for (const version of [5, 29]) {
    const result = await runConformanceCase(device, { name, model: withOpset(model, version), sets });
    expect(result.status).toBe('unsupported');
    expect(result.reason).toContain(`got ${version}; wanted 6 to 28`);
  }
});

function withOpset(model: Uint8Array, version: number): Uint8Array {
  const { proto } = decodeModel(model, 'case');
  return encodeModel({
    ...proto,
    opsetImport: [{ ...(proto.opsetImport[0] as OperatorSetIdProto), version: BigInt(version) }],
  });
}
