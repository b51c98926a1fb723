import { parseArgs } from 'node:util';
import { compare } from './measure.ts';
import { describeEnvironment, markdownTable, writeResults, type CaseResult } from './results.ts';
import type { Check, Suite, SuiteContext } from './suite.ts';
import { seedNetworkSuite } from './suites/seed-network.ts';
import { openWebGpu } from './webgpu.ts';

const suites: readonly Suite[] = [seedNetworkSuite];

/**
 * Runs the named suites, or all, and writes `results/<suite>.json` under `folder`; with --quick on small batches and
 * without a file. The exit code is 1 where both sides of a suite do not do the same work.
 */
export async function main(args: readonly string[], folder: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, batch: { type: 'string' }, rounds: { type: 'string' } },
  });
  const unknown = positionals.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`no such suite: ${unknown.join(', ')}; there are ${names(suites)}`);
  const quick = values.quick === true;
  const rounds = count(values.rounds, quick ? 2 : 9);
  const device = await openWebGpu();
  console.log(`adapter: ${device.adapter.description || device.adapter.vendor}`);
  let valid = true;
  for (const suite of suites.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const context = { device, batch: count(values.batch, quick ? suite.batch.quick : suite.batch.full) };
    console.log(`\n${suite.title}; batch ${context.batch}, ${rounds} rounds`);
    const before = describeEnvironment(device.adapter);
    const { checks, cases } = await runSuite(suite, context, { warmUps: quick ? 1 : 2, rounds });
    if (cases === undefined) {
      valid = false;
      continue;
    }
    console.log(`\n${markdownTable(cases)}`);
    const settings = { batch: context.batch, rounds };
    if (!quick)
      console.log(`\nwritten: ${writeResults(folder, suite, { environment: before, settings, checks, cases })}`);
  }
  device.dispose();
  return valid ? 0 : 1;
}

async function runSuite(
  suite: Suite,
  context: SuiteContext,
  runs: { readonly warmUps: number; readonly rounds: number },
) {
  const prepared = await suite.prepare(context);
  const { checks } = prepared;
  for (const { what, difference } of checks) {
    console.log(`  ${what}: relative difference ${difference.toExponential(1)}`);
  }
  const failed = checks.filter((check) => !agrees(check)).map(({ what }) => what);
  if (failed.length > 0) {
    console.error(`INVALID: the two sides do not do the same work; they differ in: ${failed.join(', ')}`);
    prepared.dispose();
    return { checks, cases: undefined };
  }
  const cases: CaseResult[] = [];
  for (const { name, contenders } of prepared.cases) {
    cases.push({ name, ...(await compare(contenders, runs)) });
  }
  prepared.dispose();
  return { checks, cases };
}

/** NaN does not agree with anything. */
function agrees({ difference, tolerance }: Check): boolean {
  return difference <= tolerance;
}

function names(list: readonly Suite[]): string {
  return list.map(({ name }) => name).join(', ');
}

function count(text: string | undefined, standard: number): number {
  if (text === undefined) return standard;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 10_000) return value;
  throw new Error(`got ${text}; wanted a whole number from 1 to 10000`);
}
