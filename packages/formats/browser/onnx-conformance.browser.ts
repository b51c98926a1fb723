import { GpuDevice } from '@convscope/gpu-engine';
import { assertEqual, test } from '../../../scripts/browser-harness.ts';
import { casesIn, runConformanceCases } from '../testing/onnx-conformance.ts';
import { readTar } from '../testing/tar.ts';
import { unsupportedCases } from '../testing/unsupported-cases.ts';

interface ViteMeta {
  readonly glob: (pattern: string, options: object) => Readonly<Record<string, string>>;
}

/** Where the archive of cases is, beside the repository: its URL in the bundle; nothing where it is absent. */
const archives = (import.meta as unknown as ViteMeta).glob('../../../../shared/data/conformance/onnx_node_cnn.tar.gz', {
  query: '?url',
  import: 'default',
  eager: true,
});

const [archive] = Object.values(archives);

test(`ONNX's own node tests pass${archive === undefined ? ' (skipped: no ../shared/data beside the repository)' : ''}`, async () => {
  if (archive === undefined) return;
  const device = await GpuDevice.request(navigator.gpu);
  const cases = casesIn(readTar(new Uint8Array(await (await fetch(archive)).arrayBuffer())));
  const { failed, unsupported } = await runConformanceCases(device, cases);
  assertEqual(failed, [], 'failed');
  assertEqual(unsupported, [...unsupportedCases.keys()].toSorted(), 'unsupported');
  device.dispose();
});
