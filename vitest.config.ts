import { defineConfig } from 'vitest/config';
import { chooseVulkanDriver } from './scripts/adapter.mjs';

const driver = chooseVulkanDriver();
// The Vulkan loader reads the environment of the worker processes, which inherit this one.
Object.assign(process.env, driver?.env);

export default defineConfig({
  ssr: { resolve: { conditions: ['@convscope/source', 'node', 'import', 'module', 'default'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'packages/*/testing/**/*.test.ts',
      'bench/src/**/*.test.ts',
      'scripts/**/*.test.{ts,mjs}',
    ],
    // A worker thread cannot have a device of its own: the driver's state belongs to the process.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    slowTestThreshold: 10_000,
    reporters: ['default', ['json', { outputFile: '.cache/test-results/node.json' }], './scripts/skipped-reporter.mjs'],
  },
});
