import { defineConfig } from 'vite';

// Bundles the page from the packages' sources; `dist/` is what others import.
export default defineConfig({
  base: './',
  resolve: { conditions: ['@convscope/source', 'module', 'browser', 'production'] },
  worker: { format: 'es' },
  build: {
    outDir: 'dist-page',
    target: 'chrome123',
    // The policy of the page allows no data: scripts and connections.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
