import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { writeOnnx } from '@convscope/formats';
import { initializeParameters } from '@convscope/gpu-engine';
import type { PageReport, PageRequest } from '../browser/onnx-runtime-page.ts';
import { summarize, type Summary } from '../measure.ts';
import { networks } from '../networks/networks.ts';
import { asModel } from '../peers/as-model.ts';
import { convscopeNetwork, networkWeights } from '../peers/convscope-network.ts';
import { IMAGE, seedNetwork } from '../seed-network.ts';
import type { Suite, SuiteContext } from '../suite.ts';

/** Not in the repository: left out where it is not there. */
const SQUEEZENET = ['..', '..', 'shared', 'data', 'models', 'squeezenet1.1', 'squeezenet1.1_fp32.onnx'];
const PEER = 'ONNX Runtime Web';

interface OnnxFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly shape: readonly number[];
}

/** Both in one page of headless Chromium, on the same files, batch 1, input uploaded and scores read back in every run. */
export const onnxRuntimeSuite: Suite = {
  name: 'onnx-runtime',
  title: "ONNX Runtime Web's WebGPU provider in Chromium: forward at batch 1, and the first run from the file's bytes",
  run,
};

async function run(context: SuiteContext): Promise<void> {
  const files = onnxFiles(context).filter(({ name }) => context.wants(name));
  const page = join(context.folder, '.cache', 'onnx-runtime');
  await buildPage(context.folder, page);
  for (const { name, bytes } of files) writeFileSync(join(page, `${name}.onnx`), bytes);
  const scripts = await script(context.folder, 'static-server.mjs');
  const server = await scripts.serve({ folder: page });
  const browsers = await script(context.folder, 'browser.mjs');
  const browser = await browsers.launchBrowser({ hardware: context.device.adapter.class === 'gpu' });
  try {
    for (const file of files) await measureFile(context, file, { browser, url: server.url });
  } finally {
    await browser.close();
    await server.close();
  }
}

async function measureFile(
  { check, figure, record, rounds, seconds }: SuiteContext,
  { name, shape }: OnnxFile,
  { browser, url }: { readonly browser: Browser; readonly url: string },
): Promise<void> {
  const tab = await browser.newPage();
  const request: PageRequest = { url: `${url}${name}.onnx`, shape, rounds, milliseconds: 1000 * seconds };
  await tab.goto(url);
  await tab.waitForFunction('window.measureOnnx !== undefined');
  const report = (await tab.evaluate(`window.measureOnnx(${JSON.stringify(request)})`)) as PageReport;
  await tab.close();
  check({ what: `${name}, scores`, difference: report.difference, tolerance: 1e-3 });
  const times: Record<string, Summary> = { Convscope: summarize(report.ours), [PEER]: summarize(report.theirs) };
  const ratios = { [PEER]: summarize(report.theirs.map((time, round) => time / (report.ours[round] as number))) };
  record({ name: `${name}, forward (${report.adapter})`, times, ratios });
  figure({ name: `${name}, first run, Convscope`, unit: 'ms', value: report.ourFirst });
  figure({ name: `${name}, first run, ${PEER}`, unit: 'ms', value: report.theirFirst });
  figure({ name: `${name}, first run`, unit: 'times', value: report.theirFirst / report.ourFirst, wanted: 2 });
}

/** Written by our own writer, but for SqueezeNet, which is as others publish it. */
function onnxFiles({ folder, quick }: SuiteContext): readonly OnnxFile[] {
  const seed = seedNetwork({ batch: 1, dropout: 0 });
  const seedFile = {
    name: 'seed',
    bytes: writeOnnx(asModel('seed', seed, initializeParameters(seed, 1))),
    shape: [1, 1, IMAGE, IMAGE],
  };
  if (quick) return [seedFile];
  const size = 224;
  const own = Object.entries(networks).map(([name, architecture]): OnnxFile => {
    const network = convscopeNetwork(architecture, { size });
    return { name, bytes: writeOnnx(asModel(name, network.graph, networkWeights(network))), shape: [1, 3, size, size] };
  });
  const squeezenet = join(folder, ...SQUEEZENET);
  const published = existsSync(squeezenet)
    ? [{ name: 'squeezenet1.1', bytes: readFileSync(squeezenet), shape: [1, 3, size, size] }]
    : [];
  return [seedFile, ...published, ...own];
}

async function buildPage(folder: string, outDir: string): Promise<void> {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root: join(folder, 'src', 'browser'),
    logLevel: 'error',
    publicDir: false,
    resolve: { conditions: ['@convscope/source', 'onnxruntime-web-use-extern-wasm', 'browser', 'module', 'import'] },
    build: {
      outDir,
      target: 'chrome120',
      modulePreload: false,
      chunkSizeWarningLimit: 1e6,
      rolldownOptions: { input: join(folder, 'src', 'browser', 'index.html') },
    },
  });
  const runtime = join(folder, 'node_modules', 'onnxruntime-web', 'dist');
  for (const end of ['mjs', 'wasm']) {
    const name = `ort-wasm-simd-threaded.asyncify.${end}`;
    copyFileSync(join(runtime, name), join(outDir, name));
  }
}

/** What of puppeteer and of the repository's scripts is used here; they are loaded from where they lie, not bundled. */
interface Browser {
  newPage(): Promise<{
    goto(url: string): Promise<unknown>;
    waitForFunction(expression: string): Promise<unknown>;
    evaluate(expression: string): Promise<unknown>;
    close(): Promise<void>;
  }>;
  close(): Promise<void>;
}

interface Scripts {
  'browser.mjs': { launchBrowser(options: { readonly hardware: boolean }): Promise<Browser> };
  'static-server.mjs': {
    serve(options: { readonly folder: string }): Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
  };
}

async function script<N extends keyof Scripts>(folder: string, name: N): Promise<Scripts[N]> {
  return (await import(/* @vite-ignore */ pathToFileURL(join(folder, '..', 'scripts', name)).href)) as Scripts[N];
}
