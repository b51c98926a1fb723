import type { AdapterDescription } from '@convscope/gpu-engine';
import type { CaseResult, Check, Figure } from './suite.ts';

/** What a time depends on, beside the code. `load` is the machine's load average of the last minute. */
export interface Environment {
  readonly date: string;
  readonly commit: string;
  readonly adapter: AdapterDescription;
  readonly cores: number;
  readonly processor: string;
  readonly load: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** The content of `results/<adapter>/<suite>.json`; times are milliseconds. */
export interface RecordedSuite {
  readonly name: string;
  readonly title: string;
  readonly environment: Environment;
  readonly settings: Readonly<Record<string, number>>;
  readonly checks: readonly Check[];
  readonly cases: readonly CaseResult[];
  readonly figures: readonly Figure[];
}

/** The ratios of one recording: what `results/history.json` is a list of. */
export interface HistoryEntry {
  readonly date: string;
  readonly commit: string;
  readonly adapter: string;
  readonly suite: string;
  readonly ratios: Readonly<Record<string, number>>;
}

/** A short name for an adapter, for folders and headings. */
export function adapterName({ description, vendor, architecture }: AdapterDescription): string {
  if (/llvmpipe/i.test(description)) return 'lavapipe';
  if (/swiftshader/i.test(`${description} ${architecture}`)) return 'swiftshader';
  const words = (description || `${vendor} ${architecture}`).toLowerCase().match(/[a-z0-9]+/g) ?? ['unknown'];
  return words.slice(0, 4).join('-');
}

/** What is tracked: ratios among the figures, and of cases that belong to no group. */
export function ratiosOf({ figures, cases }: RecordedSuite): ReadonlyMap<string, number> {
  const ofCases = cases.flatMap(({ name, group, ratios }) =>
    group === undefined
      ? Object.entries(ratios).map(([peer, { median }]) => [`${name}, ${peer}`, median] as const)
      : [],
  );
  const ofFigures = figures.flatMap(({ name, unit, value }) => (unit === 'times' ? [[name, value] as const] : []));
  return new Map([...ofFigures, ...ofCases]);
}
