// Builds the benchmark page, static files in dist-page/; `--serve` shows it (PORT and HOST choose where).
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));
const sources = join(folder, 'src', 'page');
const runtime = join(folder, 'node_modules', 'onnxruntime-web', 'dist');

/** The commit whose sources the page measures. */
function commit() {
  const git = (...args) => spawnSync('git', args, { cwd: folder, encoding: 'utf8' }).stdout?.trim() ?? '';
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', '../packages', '../shaders') !== '';
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? ', with changes' : ''}`;
}

/**
 * Builds into `outDir`, which is emptied. The recorded results lie beside the page, and ONNX Runtime's wasm, which is
 * loaded only where it is used.
 */
export async function buildPage(outDir = join(folder, 'dist-page')) {
  const conditions = [
    '@convscope/source',
    'onnxruntime-web-use-extern-wasm',
    'browser',
    'module',
    'import',
    'production',
  ];
  await build({
    configFile: false,
    root: sources,
    base: './',
    logLevel: 'error',
    publicDir: false,
    define: { BENCH_COMMIT: JSON.stringify(commit()) },
    resolve: { conditions, mainFields: ['module', 'main'] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome123',
      // The policy of the page allows no data: scripts and connections.
      assetsInlineLimit: 0,
      // What would load chunks ahead needs a document, and the worker has none.
      modulePreload: false,
      chunkSizeWarningLimit: 1e6,
      rolldownOptions: {
        input: { page: join(sources, 'index.html'), 'suite-worker': join(sources, 'suite-worker.ts') },
        output: { entryFileNames: ({ name }) => (name === 'suite-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
      },
    },
  });
  copyFileSync(join(folder, 'results', 'index.html'), join(outDir, 'results.html'));
  for (const end of ['mjs', 'wasm']) {
    const name = `ort-wasm-simd-threaded.asyncify.${end}`;
    copyFileSync(join(runtime, name), join(outDir, name));
  }
  return outDir;
}

async function main() {
  const built = await buildPage();
  if (!process.argv.includes('--serve')) return;
  const { serve } = await import(pathToFileURL(join(folder, '..', 'scripts', 'static-server.mjs')).href);
  const port = Number(process.env.PORT || 4175);
  const { url } = await serve({ folder: built, port, host: process.env.HOST || '127.0.0.1' });
  console.log(`The benchmark page is at ${url}  (Ctrl+C stops it)`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
