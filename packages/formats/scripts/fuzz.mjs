// Runs the fuzzer from the sources: `npm run fuzz -- --count 1000 --seed 0`, in packages/formats or in the root.
import { importSource } from './import-source.mjs';

const { main } = await importSource('fuzz/run.ts');
process.exitCode = main(process.argv.slice(2), console.log);
