import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { PageReport, PageRequest } from '../../browser/onnx-runtime-page.ts';
import type { FolderContext, Suite } from '../../suite.ts';

/** Not in the repository: left out where it is not there. */
const SQUEEZENET = ['..', '..', 'shared', 'data', 'models', 'squeezenet1.1', 'squeezenet1.1_fp32.onnx'];
const NAMES = ['seed', 'resnet18', 'mobileNetV2', 'squeezenet1.1'];

/** The suite of the same name in one page of headless Chromium a file, and SqueezeNet as others publish it. */
export const onnxRuntimeSuite: Suite<FolderContext> = {
  name: 'onnx-runtime',
  title: "ONNX Runtime Web's WebGPU provider in Chromium: forward at batch 1, and the first run from the file's bytes",
  count: () => NAMES.length,
  run,
};

async function run(context: FolderContext): Promise<void> {
  const names = NAMES.filter((name) => context.wants(name));
  if (names.length === 0) return;
  const page = join(context.folder, '.cache', 'onnx-runtime');
  await buildPage(context.folder, page);
  const squeezenet = join(context.folder, ...SQUEEZENET);
  const isThere = context.extent !== 'quick' && existsSync(squeezenet);
  if (isThere) copyFileSync(squeezenet, join(page, 'squeezenet.onnx'));
  const files = isThere ? [{ name: 'squeezenet1.1', url: 'squeezenet.onnx', shape: [1, 3, 224, 224] }] : [];
  const { extent, rounds, seconds } = context;
  const scripts = await script(context.folder, 'static-server.mjs');
  const server = await scripts.serve({ folder: page });
  const browsers = await script(context.folder, 'browser.mjs');
  const browser = await browsers.launchBrowser({ hardware: context.device.adapter.class === 'gpu' });
  try {
    for (const name of names) {
      const own = files.filter((file) => file.name === name);
      const request: PageRequest = { extent, rounds, seconds, names: [name], files: own };
      await measureFile(context, request, { browser, url: server.url });
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

async function measureFile(
  { check, figure, record }: FolderContext,
  request: PageRequest,
  { browser, url }: { readonly browser: Browser; readonly url: string },
): Promise<void> {
  const tab = await browser.newPage();
  await tab.goto(url);
  await tab.waitForFunction('window.measureOnnx !== undefined');
  const report = (await tab.evaluate(`window.measureOnnx(${JSON.stringify(request)})`)) as PageReport;
  await tab.close();
  report.checks.forEach(check);
  for (const result of report.cases) record({ ...result, name: `${result.name} (${report.adapter})` });
  report.figures.forEach(figure);
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
