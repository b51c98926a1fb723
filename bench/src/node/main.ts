import { spawnSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecordedSuite } from '../recorded.ts';
import { runSuite, type RunSuiteOptions } from '../run-suite.ts';
import { Disagreement, type FolderContext, type Suite } from '../suite.ts';
import { kernelsSuite } from '../suites/kernels.ts';
import { memorySuite } from '../suites/memory.ts';
import { methodsSuite } from '../suites/methods.ts';
import { networksSuite } from '../suites/networks.ts';
import { startUpSuite } from '../suites/start-up.ts';
import { trainingSuite } from '../suites/training.ts';
import { caseLine, figureLine } from '../text.ts';
import { OPTIONS_TEXT, readArguments, type Arguments } from './arguments.ts';
import { checkSuite, recordingFor } from './check-suite.ts';
import { describeEnvironment, importResults, recordResults } from './results.ts';
import { bundleSizeSuite } from './suites/bundle-size.ts';
import { onnxRuntimeSuite } from './suites/onnx-runtime.ts';
import { openWebGpu } from './webgpu.ts';

const suites: readonly Suite<FolderContext>[] = [
  bundleSizeSuite,
  startUpSuite,
  kernelsSuite,
  networksSuite,
  trainingSuite,
  methodsSuite,
  memorySuite,
  onnxRuntimeSuite,
];

const USAGE = `npm run bench -- [--suite NAME]… [--quick | --sample] [--check] [--only TEXT] [--rounds N] [--seconds N] …
  --suite NAME   ${suites.map(({ name }) => name).join(', ')}; all where none is named
${OPTIONS_TEXT}`;

/** Runs suites, each in a process of its own, and records them under `folder`/results. Gives the exit code. */
export async function main(args: readonly string[], folder: string): Promise<number> {
  const given = readArguments(args);
  if (given.help) {
    console.log(USAGE);
    return 0;
  }
  if (given.import.length > 0) {
    for (const file of given.import) console.log(`written: ${importResults(folder, file).join(', ')}`);
    return 0;
  }
  const unknown = given.suites.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`no such suite: ${unknown.join(', ')}\n${USAGE}`);
  const chosen = suites.filter(({ name }) => given.suites.length === 0 || given.suites.includes(name));
  const [suite] = chosen;
  return chosen.length === 1 && suite !== undefined
    ? oneSuite(suite, given, folder)
    : inOwnProcesses(chosen, args, given, folder);
}

async function oneSuite(suite: Suite<FolderContext>, given: Arguments, folder: string): Promise<number> {
  const { extent, check, only } = given;
  const device = await openWebGpu();
  try {
    console.log(`\n${suite.title}\nadapter: ${device.adapter.description || device.adapter.vendor}`);
    const environment = describeEnvironment(device.adapter);
    const recording = check ? recordingFor(folder, suite, { extent, environment }) : undefined;
    if (typeof recording === 'string') return tellParent(given, { notChecked: recording });
    const options: RunSuiteOptions = {
      device,
      environment,
      extent,
      batch: given.batch,
      rounds: given.rounds ?? (extent === 'quick' ? 1 : 7),
      seconds: given.seconds ?? 10,
      mostOperations: given.mostOperations,
      wants: (name) => only === undefined || name.includes(only),
      processorClock: () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1000;
      },
      report: {
        record: (result) => console.log(caseLine(result)),
        figure: (figure) => console.log(figureLine(figure)),
      },
    };
    const run = (more: Partial<RunSuiteOptions> = {}): Promise<RecordedSuite> =>
      runSuite(suite, { ...options, ...more }, { folder });
    if (recording !== undefined) {
      const fallen = await checkSuite(recording, options, run);
      return tellParent(given, { fallen: fallen.map((line) => `${suite.name}: ${line}`) });
    }
    const result = await run();
    if (extent !== 'quick' && only === undefined) console.log(`\nwritten: ${recordResults(folder, result)}`);
    return 0;
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    console.error(`INVALID: ${error.message}`);
    return 1;
  } finally {
    device.dispose();
  }
}

/** What a check of one suite found. */
interface Finding {
  readonly fallen?: readonly string[];
  readonly notChecked?: string;
}

const FINDINGS = 3;

/** Says what a check found: to the process that started this one, which sums up, or else as the last line. */
function tellParent({ child }: Arguments, finding: Finding): number {
  if (child) writeSync(FINDINGS, JSON.stringify(finding));
  else for (const line of summaryOf([finding])) console.log(line);
  return (finding.fallen ?? []).length > 0 || (finding.notChecked !== undefined && !child) ? 1 : 0;
}

function summaryOf(findings: readonly Finding[]): readonly string[] {
  const fallen = findings.flatMap((finding) => finding.fallen ?? []);
  const notChecked = findings.flatMap((finding) => finding.notChecked ?? []);
  const checked = findings.filter((finding) => finding.fallen !== undefined).length;
  return [
    '',
    ...notChecked.map((line) => `NOT CHECKED  ${line}`),
    ...fallen.map((line) => `FALLEN  ${line}`),
    ...(checked > 0 && fallen.length === 0
      ? [`${checked} of ${findings.length} suites checked, nothing has fallen`]
      : []),
  ];
}

/** One suite's garbage, crash or warm caches are not another's. */
function inOwnProcesses(
  chosen: readonly Suite<FolderContext>[],
  args: readonly string[],
  { check }: Arguments,
  folder: string,
): number {
  const others = args.filter((argument, index) => argument !== '--suite' && args[index - 1] !== '--suite');
  const options = others.filter((argument) => !suites.some(({ name }) => name === argument));
  const script = `process.exit(await (await import(process.argv[1])).main(process.argv.slice(3), process.argv[2]))`;
  const findings: Finding[] = [];
  const failed = chosen.filter(({ name }) => {
    const own = [fileURLToPath(import.meta.url), folder, ...options, '--child', '--suite', name];
    const node = ['--input-type=module', '--eval', script, '--', ...own];
    const { status, output } = spawnSync(process.execPath, node, { stdio: ['inherit', 'inherit', 'inherit', 'pipe'] });
    const found = output?.[FINDINGS]?.toString() ?? '';
    if (found !== '') findings.push(JSON.parse(found) as Finding);
    return status !== 0;
  });
  if (check) {
    for (const line of summaryOf(findings)) console.log(line);
    if (findings.every(({ fallen }) => fallen === undefined)) return 1;
  }
  if (failed.length > 0) console.error(`\nfailed: ${failed.map(({ name }) => name).join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}
