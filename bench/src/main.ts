import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fallenFigures } from './check.ts';
import type { RecordedSuite } from './recorded.ts';
import { recordResults } from './results.ts';
import { runSuite } from './run-suite.ts';
import { Disagreement, type Suite } from './suite.ts';
import { bundleSizeSuite } from './suites/bundle-size.ts';
import { kernelsSuite } from './suites/kernels.ts';
import { memorySuite } from './suites/memory.ts';
import { methodsSuite } from './suites/methods.ts';
import { networksSuite } from './suites/networks.ts';
import { onnxRuntimeSuite } from './suites/onnx-runtime.ts';
import { startUpSuite } from './suites/start-up.ts';
import { trainingSuite } from './suites/training.ts';
import { openWebGpu } from './webgpu.ts';

const suites: readonly Suite[] = [
  bundleSizeSuite,
  startUpSuite,
  kernelsSuite,
  networksSuite,
  trainingSuite,
  methodsSuite,
  memorySuite,
  onnxRuntimeSuite,
];

const USAGE = `npm run bench -- [--suite NAME]… [--quick] [--check] [--only TEXT] [--rounds N] [--seconds N] [--batch N]
  --suite NAME   ${suites.map(({ name }) => name).join(', ')}; all where none is named
  --quick        small sizes, nothing written: that it runs and both sides agree
  --check        fails where a ratio fell by more than 20 % from the recorded one; nothing written
  --only TEXT    cases whose names contain this; nothing written
  --rounds N     most rounds of a case (7)      --seconds N  after which a case begins no further round (10)
  --gflop N      leaves out convolution layers with more work than this, for slow machines
  --batch N      pictures in a batch, for the training suite (100)`;

/** Runs suites, each in a process of its own, and records them under `folder`/results. Gives the exit code. */
export async function main(args: readonly string[], folder: string): Promise<number> {
  const { values, positionals } = parseArgs({
    // pnpm hands its `--` on.
    args: args.filter((argument) => argument !== '--'),
    allowPositionals: true,
    options: {
      suite: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      only: { type: 'string' },
      batch: { type: 'string' },
      rounds: { type: 'string' },
      gflop: { type: 'string' },
      seconds: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const asked = [...(values.suite ?? []), ...positionals];
  const unknown = asked.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`no such suite: ${unknown.join(', ')}\n${USAGE}`);
  const chosen = suites.filter(({ name }) => asked.length === 0 || asked.includes(name));
  if (chosen.length > 1) return inOwnProcesses(chosen, args, folder);

  const [suite] = chosen as [Suite];
  const { quick, only } = values;
  const device = await openWebGpu();
  console.log(`\n${suite.title}\nadapter: ${device.adapter.description || device.adapter.vendor}`);
  let result: RecordedSuite;
  try {
    result = await runSuite(suite, {
      device,
      folder,
      quick,
      only,
      batch: count(values.batch),
      rounds: count(values.rounds) ?? (quick ? 1 : 7),
      seconds: count(values.seconds) ?? 10,
      mostOperations: values.gflop === undefined ? Infinity : 1e9 * Number(values.gflop),
    });
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    console.error(`INVALID: ${error.message}`);
    return 1;
  } finally {
    device.dispose();
  }
  if (values.check) return report(fallenFigures(folder, suite.name, result));
  if (!quick && only === undefined) console.log(`\nwritten: ${recordResults(folder, result)}`);
  return 0;
}

/** One suite's garbage, crash or warm caches are not another's. */
function inOwnProcesses(chosen: readonly Suite[], args: readonly string[], folder: string): number {
  const others = args.filter((argument, index) => argument !== '--suite' && args[index - 1] !== '--suite');
  const options = others.filter((argument) => !suites.some(({ name }) => name === argument));
  const script = `process.exit(await (await import(process.argv[1])).main(process.argv.slice(3), process.argv[2]))`;
  const failed = chosen.filter(({ name }) => {
    const own = [fileURLToPath(import.meta.url), folder, ...options, '--suite', name];
    const node = ['--input-type=module', '--eval', script, '--', ...own];
    return spawnSync(process.execPath, node, { stdio: 'inherit' }).status !== 0;
  });
  if (failed.length > 0) console.error(`\nfailed: ${failed.map(({ name }) => name).join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

function report(fallen: readonly string[]): number {
  for (const line of fallen) console.error(`FALLEN: ${line}`);
  if (fallen.length === 0) console.log('\nno ratio has fallen by more than 20 %');
  return fallen.length > 0 ? 1 : 0;
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 10_000) return value;
  throw new Error(`got ${text}; wanted a whole number from 1 to 10000`);
}
