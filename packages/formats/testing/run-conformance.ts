import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { GpuDevice } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { casesIn, runConformanceCase, type ConformanceResult } from './onnx-conformance.ts';
import { readTar } from './tar.ts';

/**
 * `npm run conformance -- DIR`: runs a folder of ONNX backend tests, or a tar archive of one, and prints each case as
 * passed, failed or unsupported, then the totals. Gives the exit code: 1 where a case failed.
 */
export async function main([path]: readonly string[], log: (line: string) => void): Promise<number> {
  if (path === undefined) {
    log('usage: npm run conformance -- DIR, a folder (or .tar.gz) of NAME/model.onnx and NAME/test_data_set_N/');
    return 2;
  }
  const cases = casesIn(statSync(path).isDirectory() ? filesBelow(path) : readTar(new Uint8Array(readFileSync(path))));
  let device: GpuDevice = await requestNodeDevice();
  const results: ConformanceResult[] = [];
  for (const testCase of cases) {
    const result = await runConformanceCase(device, testCase);
    results.push(result);
    log(`${result.status.padEnd(11)} ${result.name}${result.reason === '' ? '' : `: ${result.reason}`}`);
    // After a refused command the device gives nothing more.
    if (/GPU refused/.test(result.reason)) device = await requestNodeDevice();
  }
  device.dispose();
  const count = (status: ConformanceResult['status']) => results.filter((result) => result.status === status).length;
  log(`${count('passed')} passed, ${count('failed')} failed, ${count('unsupported')} unsupported`);
  return count('failed') > 0 ? 1 : 0;
}

function filesBelow(folder: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(onnx|pb)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`./${relative(folder, path).replaceAll('\\', '/')}`, new Uint8Array(readFileSync(path)));
  }
  return files;
}
