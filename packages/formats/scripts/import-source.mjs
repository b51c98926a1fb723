import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/** A TypeScript module of this package, with the sources of the others. @param {string} path from the package's folder */
export async function importSource(path) {
  const conditions = ['@convscope/source', 'node', 'import', 'module', 'default'];
  const { module } = await runnerImport(fileURLToPath(new URL(`../${path}`, import.meta.url)), {
    configFile: false,
    logLevel: 'error',
    resolve: { conditions },
    ssr: { resolve: { conditions } },
  });
  return module;
}
