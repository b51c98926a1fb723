import { onnxFiles, type OnnxFile } from '../networks/onnx-files.ts';
import { CONVSCOPE } from '../peers/convscope-graph.ts';
import { ONNX_RUNTIME, openOnnxPair, type OnnxPair } from '../peers/onnx-runtime.ts';
import type { Figure, Suite, SuiteContext } from '../suite.ts';

const TOLERANCE = 1e-3;

/**
 * Both on the same files, batch 1, input uploaded and scores read back in every run. For pages, with ONNX Runtime's
 * wasm loaded; in Node a suite of the same name opens one.
 */
export const onnxRuntimeSuite: Suite = {
  name: 'onnx-runtime',
  title: "Forward from ONNX files beside ONNX Runtime Web's WebGPU provider, batch 1, and the first run from the bytes",
  count: (extent) => onnxFiles(extent).length,
  run: (context) => measureOnnxFiles(context, onnxFiles(context.extent)),
};

export async function measureOnnxFiles(context: SuiteContext, files: readonly OnnxFile[]): Promise<void> {
  for (const file of files) if (context.wants(file.name)) await measureFile(context, file);
}

async function measureFile({ device, check, measure, figure }: SuiteContext, { name, shape, bytes }: OnnxFile) {
  const pair = await openOnnxPair(device, bytes(), shape);
  try {
    check({ what: `${name}, scores`, difference: pair.difference, tolerance: TOLERANCE });
    for (const first of firstRunFigures(name, pair)) figure(first);
    await measure({ name: `${name}, forward`, contenders: pair.contenders });
  } finally {
    await pair.dispose();
  }
}

function firstRunFigures(name: string, { firstRuns: { ours, theirs } }: OnnxPair): readonly Figure[] {
  return [
    { name: `${name}, first run, ${CONVSCOPE}`, unit: 'ms', value: ours },
    { name: `${name}, first run, ${ONNX_RUNTIME}`, unit: 'ms', value: theirs },
    { name: `${name}, first run`, unit: 'times', value: theirs / ours, wanted: 2 },
  ];
}
