import { betterOf, lineOf, trackedBetween, type Tracked } from '../check.ts';
import { placeName, type Environment, type RecordedSuite } from '../recorded.ts';
import { recordingName, type RunSuiteOptions } from '../run-suite.ts';
import type { Extent, Suite } from '../suite.ts';
import { placesOf, readRecorded } from './results.ts';

/** What is recorded for this suite on this adapter; else why nothing can be compared. */
export function recordingFor(
  folder: string,
  suite: Pick<Suite, 'name' | 'isSampled'>,
  { extent, environment }: { readonly extent: Extent; readonly environment: Environment },
): RecordedSuite | string {
  // Quick sizes are never recorded.
  const name = recordingName(suite, extent);
  const recorded = readRecorded(folder, name, environment);
  if (recorded !== undefined) return recorded;
  const elsewhere = placesOf(folder, name);
  const known = elsewhere.length === 0 ? 'nothing is' : `what is was measured on ${elsewhere.join(', ')}`;
  return `${name} is not recorded on ${placeName(environment)} (${known})`;
}

/**
 * Runs the suite, compares it with its recording, and runs once more what seems to have fallen.
 *
 * @returns what fell both times, each as a line for people.
 */
export async function checkSuite(
  recorded: RecordedSuite,
  { wants = () => true, environment, mostOperations = Infinity }: RunSuiteOptions,
  run: (more?: Partial<RunSuiteOptions>) => Promise<RecordedSuite>,
): Promise<readonly string[]> {
  describeRecording(recorded, environment);
  const asked = askedFor(recorded, { wants, mostOperations });
  let compared = trackedBetween(recorded, await run(), asked);
  const suspects = compared.filter(({ state }) => state === 'fallen');
  if (suspects.length > 0) {
    console.log(`\n${suspects.length} of ${compared.length} seem to have fallen; once more:`);
    const again = trackedBetween(recorded, await run({ wants: wantsOf(suspects) }), wantsOf(suspects));
    compared = compared.map((first) => betterOf(first, again.find(sameAs(first))));
  }
  console.log('');
  for (const each of compared) console.log(`  ${lineOf(each)}`);
  if (compared.length === 0) console.log('  nothing that is tracked was asked for');
  return compared.filter(({ state }) => state !== 'held').map(lineOf);
}

function describeRecording({ environment }: RecordedSuite, now: Environment): void {
  const { date, commit, adapter, processor, load } = environment;
  const busy = load === undefined ? '' : `, load ${load}`;
  console.log(`recorded: ${date.slice(0, 10)}, commit ${commit}, ${adapter.description || adapter.vendor}${busy}`);
  if (processor !== now.processor || adapter.description !== now.adapter.description) {
    console.log(`this is another machine or driver (${now.processor}, ${now.adapter.description}): ratios may differ`);
  }
}

/** The cases that this run should have, given its arguments. Layers above the limit were never asked for. */
function askedFor(
  { cases }: RecordedSuite,
  { wants, mostOperations }: { readonly wants: (name: string) => boolean; readonly mostOperations: number },
): (name: string) => boolean {
  const tooLarge = new Set(
    cases.flatMap(({ group, name, operations = 0 }) =>
      group?.startsWith('convolution') && operations > mostOperations ? [`${group}, ${name}`] : [],
    ),
  );
  return (name) => wants(name) && !tooLarge.has(name);
}

/** The cases that the suspects are made of; all, where one is a figure that no single case gives. */
function wantsOf(suspects: readonly Tracked[]): (name: string) => boolean {
  if (suspects.some(({ cases }) => cases.length === 0)) return () => true;
  const names = new Set(suspects.flatMap(({ cases }) => cases));
  return (name) => names.has(name);
}

const sameAs =
  ({ name }: Tracked) =>
  (other: Tracked): boolean =>
    other.name === name;
