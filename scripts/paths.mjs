// Where things lie in the checkout, and where their tools are.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything that is remembered between runs and never committed. */
export const cacheFolder = join(root, '.cache');

const inModules = (...parts) => join(root, 'node_modules', ...parts);
export const oxfmtPath = inModules('oxfmt', 'bin', 'oxfmt');
export const oxlintPath = inModules('oxlint', 'bin', 'oxlint');
export const tscPath = inModules('typescript', 'bin', 'tsc');
export const turboPath = inModules('turbo', 'bin', 'turbo');
export const vitestPath = inModules('vitest', 'vitest.mjs');
export const vitePath = inModules('vite', 'bin', 'vite.js');

/** Packages in the order in which data passes through them. */
export const packageNames = ['gpu-engine', 'formats', 'zoo', 'xai', 'viewer', 'cli'];
