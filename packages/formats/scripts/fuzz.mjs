// Runs the fuzzer from the sources: `npm run fuzz -- --count 1000 --seed 0`, in packages/formats or in the root.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const conditions = ['@convscope/source', 'node', 'import', 'module', 'default'];
const { module } = await runnerImport(fileURLToPath(new URL('../fuzz/run.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
  resolve: { conditions },
  ssr: { resolve: { conditions } },
});
process.exitCode = module.main(process.argv.slice(2), console.log);
