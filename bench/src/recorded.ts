import type { AdapterDescription } from '@convscope/gpu-engine';
import type { CaseResult, Check, Figure } from './suite.ts';

/** What a time depends on, beside the code. */
export interface Environment {
  readonly date: string;
  readonly commit: string;
  readonly adapter: AdapterDescription;
  readonly cores: number;
  /** The processor; of a page, the browser and its system. */
  readonly processor: string;
  /** The machine's load average of the last minute; pages cannot know it. */
  readonly load?: number;
  /** Both sides in the visitor's browser; without it, in Node. */
  readonly runtime?: 'browser';
  readonly versions: Readonly<Record<string, string>>;
}

/** The content of `results/<adapter>/<suite>.json`; times are milliseconds. */
export interface RecordedSuite {
  readonly name: string;
  readonly title: string;
  readonly environment: Environment;
  readonly settings: Readonly<Record<string, number | string>>;
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

/** A short name for where something was measured, for folders and headings. Pages and Node are told apart. */
export function placeName({ adapter, runtime }: Pick<Environment, 'adapter' | 'runtime'>): string {
  return runtime === undefined ? adapterName(adapter) : `${adapterName(adapter)}-${runtime}`;
}

function adapterName({ description, vendor, architecture }: AdapterDescription): string {
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

/** As results are written, with four digits that count. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' ? rounded(item) : item), 2);
  // Lists of numbers on one line.
  return `${text.replace(/\[\s+([-\d.e+,\s]+?)\s+\]/g, (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`)}\n`;
}

export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
