// Runs ONNX backend tests: `npm run conformance -- DIR`, in packages/formats or in the root.
import { resolve } from 'node:path';
import { importSource } from './import-source.mjs';

const { main } = await importSource('testing/run-conformance.ts');
// A relative folder is meant from where npm was called.
const paths = process.argv.slice(2).map((path) => resolve(process.env.INIT_CWD ?? '.', path));
process.exit(await main(paths, console.log));
