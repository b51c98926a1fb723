import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// The examples of the reference site, in one module with the files that they load beside it.
export default defineConfig({
  base: './',
  root: at('.'),
  resolve: { conditions: ['@convscope/source', 'module', 'browser', 'production'] },
  worker: { format: 'es' },
  publicDir: false,
  build: {
    outDir: at('../../../dist-docs/examples'),
    target: 'chrome123',
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: at('examples.ts'), output: { entryFileNames: 'examples.js' } },
  },
});
