// Runs ONNX backend tests: `npm run conformance -- DIR`, in packages/formats or in the root.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const conditions = ['@convscope/source', 'node', 'import', 'module', 'default'];
const { module } = await runnerImport(fileURLToPath(new URL('../testing/run-conformance.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
  resolve: { conditions },
  ssr: { resolve: { conditions } },
});
// A relative folder is meant from where npm was called.
const paths = process.argv.slice(2).map((path) => resolve(process.env.INIT_CWD ?? '.', path));
process.exit(await module.main(paths, console.log));
