// Bundles the benchmark from the packages' sources and runs it; `node run.mjs --help` says how. `npm run bench` in the
// root chooses the Vulkan driver before.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));
const outDir = join(folder, '.cache');

await build({
  configFile: false,
  root: folder,
  logLevel: 'error',
  // TensorFlow.js is bundled too: its gradients are ES modules that Node does not take as they are.
  ssr: {
    noExternal: [/^@tensorflow\//, /^@convscope\//],
    external: ['vite', 'puppeteer', 'webgpu'],
    resolve: {
      conditions: ['@convscope/source', 'node', 'import', 'module', 'default'],
      mainFields: ['module', 'main'],
    },
  },
  build: {
    ssr: join(folder, 'src', 'node', 'main.ts'),
    outDir,
    target: 'node20',
    minify: false,
    sourcemap: false,
    emptyOutDir: true,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
const { main } = await import(pathToFileURL(join(outDir, 'main.js')).href);
// Dawn's own threads may keep Node alive, so the process ends itself.
process.exit(await main(process.argv.slice(2), folder));
