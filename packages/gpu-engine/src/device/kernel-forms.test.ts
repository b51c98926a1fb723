import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EpilogueForm, KernelName } from '../graph/index.ts';
import { kernelSources } from '../kernels/kernels.gen.ts';
import { requestNodeDevice } from '../node.ts';
import { epilogueSource } from './epilogue-source.ts';
import type { GpuDevice } from './gpu-device.ts';
import { kernelEntry } from './kernel-entry.ts';
import { sliceSource } from './slices.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => device.dispose());

async function errorsIn(code: string): Promise<readonly string[]> {
  const { messages } = await device.handle.createShaderModule({ code }).getCompilationInfo();
  return messages.flatMap(({ type, message }) => (type === 'error' ? [message] : []));
}

const epilogue: EpilogueForm = {
  steps: [
    { kind: 'bias' },
    { kind: 'normalize' },
    { kind: 'add' },
    { kind: 'gate' },
    { kind: 'relu' },
    { kind: 'clip', numbers: [0, 6] },
  ],
  inner: 4,
};

test.each(Object.keys(kernelSources))('%s is valid as it stands, in slices and with an epilogue', async (file) => {
  const { source, uses } = kernelSources[file as keyof typeof kernelSources];
  expect(await errorsIn(source)).toEqual([]);
  for (const entryPoint of Object.keys(uses)) {
    const { hook } = kernelEntry(`${file}/${entryPoint}` as KernelName);
    const sliced = sliceSource(source, entryPoint);
    if (sliced !== undefined) expect(await errorsIn(sliced), entryPoint).toEqual([]);
    if (hook !== undefined) expect(await errorsIn(epilogueSource(source, hook, epilogue)), entryPoint).toEqual([]);
  }
});
