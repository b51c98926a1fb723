import { GpuDevice } from '@convscope/gpu-engine';
import { onnxFiles } from '../networks/onnx-files.ts';
import { wakeOnnxRuntime } from '../peers/onnx-runtime.ts';
import type { Environment } from '../recorded.ts';
import { runSuite } from '../run-suite.ts';
import type { CaseResult, Check, Extent, Figure } from '../suite.ts';
import { measureOnnxFiles, onnxRuntimeSuite } from '../suites/onnx-runtime.ts';

/** What the page is asked to measure. */
export interface PageRequest {
  readonly extent: Extent;
  readonly rounds: number;
  readonly seconds: number;
  /** Part of the names of the wanted files. */
  readonly names: readonly string[];
  /** Further files, with the shape of their one input. */
  readonly files: readonly { readonly name: string; readonly url: string; readonly shape: readonly number[] }[];
}

export interface PageReport {
  readonly adapter: string;
  readonly checks: readonly Check[];
  readonly cases: readonly CaseResult[];
  readonly figures: readonly Figure[];
}

async function measureOnnx({ names, files, ...options }: PageRequest): Promise<PageReport> {
  const given = await Promise.all(
    files.map(async ({ name, url, shape }) => {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      return { name, shape, bytes: () => bytes };
    }),
  );
  await wakeOnnxRuntime(new URL('./', location.href).href);
  const device = await GpuDevice.request(navigator.gpu);
  const suite = {
    ...onnxRuntimeSuite,
    run: (context: Parameters<typeof onnxRuntimeSuite.run>[0]) =>
      measureOnnxFiles(context, [...onnxFiles(options.extent), ...given]),
  };
  // Node knows more of where it is; what it is told here is thrown away.
  const environment = { adapter: device.adapter } as Environment;
  const wants = (name: string) => names.includes(name);
  const { checks, cases, figures } = await runSuite(suite, { device, environment, ...options, wants }, {});
  const { description, vendor, architecture } = device.adapter;
  return { adapter: description || `${vendor} ${architecture}`, checks, cases, figures };
}

Object.assign(window, { measureOnnx });
