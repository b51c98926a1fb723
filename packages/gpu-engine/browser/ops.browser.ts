import { assertEqual, test } from '../../../scripts/browser-harness.ts';
import { GpuDevice } from '../src/index.ts';
import { mostPipelines, opDisagreements } from '../testing/op-conformance.ts';
import { suites } from '../testing/suites.ts';

let opened: Promise<GpuDevice> | undefined;
const theDevice = (): Promise<GpuDevice> => (opened ??= GpuDevice.request(navigator.gpu));

for (const suite of suites) {
  test(`${suite.title ?? suite.op} agrees with its float64 reference, forward and backward, in 200 configurations`, async () => {
    const device = await theDevice();
    const pipelines = device.pipelines.size;
    assertEqual(await opDisagreements(device, suite, { seed: 1, count: 200 }), [], 'disagreements');
    assertEqual(device.pipelines.size - pipelines <= mostPipelines(suite), true, 'few pipelines');
  });
}

test('every run has given its memory back', async () => {
  const device = await theDevice();
  await device.idle();
  const { bytes, buffers } = device.memory.use;
  assertEqual({ bytes, buffers }, { bytes: 0, buffers: 0 }, 'memory');
  device.dispose();
});
