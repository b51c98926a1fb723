import type { AdapterDescription } from '../device/gpu-device.ts';
import { ConvscopeError, type KernelChoices } from '../graph/index.ts';

/** What a kernel took for a problem. */
export interface KernelTiming {
  readonly name: string;
  /** Median. */
  readonly milliseconds: number;
}

/** A problem that several kernels were measured on. */
export interface TunedProblem {
  /** The problem as text, such as `product 100x10 inner 1024 transposed b`. */
  readonly problem: string;
  /** How often the graph poses it. */
  readonly uses: number;
  /** The kernel to take: the fastest, or the usual one where no other is clearly faster. */
  readonly candidate: string;
  /** What the shipped table takes. */
  readonly usual: string;
  /** Of all kernels that came into question; those far behind were measured twice. */
  readonly timings: readonly KernelTiming[];
}

/** What came of measuring kernels on one adapter: plain data, fit for JSON. */
export interface KernelTuning {
  readonly format: 'convscope-kernels';
  readonly version: 1;
  readonly adapter: AdapterDescription;
  /** How times were taken. */
  readonly method: 'timestamps' | 'clock';
  readonly rounds: number;
  readonly problems: readonly TunedProblem[];
}

const LARGEST_TEXT = 8 * 2 ** 20;
const MOST_PROBLEMS = 10_000;
const MOST_TIMINGS = 100;

/** The choices of a tuning, as plans and devices take them. */
export function kernelChoices({ problems }: Pick<KernelTuning, 'problems'>): KernelChoices {
  return new Map(problems.map(({ problem, candidate }) => [problem, candidate]));
}

/** How many times faster the measured work is by the chosen kernels than by the usual ones; 1 where nothing was measured. */
export function tuningGain({ problems }: Pick<KernelTuning, 'problems'>): number {
  let [before, after] = [0, 0];
  for (const { uses, usual, candidate, timings } of problems) {
    const timeOf = (name: string) => timings.find((timing) => timing.name === name)?.milliseconds ?? 0;
    before += uses * timeOf(usual);
    after += uses * timeOf(candidate);
  }
  return after > 0 ? before / after : 1;
}

/** Whether a tuning was measured on this adapter; on another one its choices are right as well, but may be slow. */
export function isTunedFor({ adapter }: Pick<KernelTuning, 'adapter'>, own: AdapterDescription): boolean {
  return (['vendor', 'architecture', 'description', 'class'] as const).every((field) => adapter[field] === own[field]);
}

/** Reads a tuning back from JSON that nobody has checked. Throws `invalid-file`, naming the field. */
export function readKernelTuning(text: string): KernelTuning {
  if (text.length > LARGEST_TEXT) throw wrong('file', `${text.length} characters`, `at most ${LARGEST_TEXT}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ConvscopeError('invalid-file', 'the kernel choices are no JSON', {}, { cause });
  }
  const file = fieldsOf(json, 'file');
  if (file.get('format') !== 'convscope-kernels') throw wrong('format', file.get('format'), '"convscope-kernels"');
  if (file.get('version') !== 1) throw wrong('version', file.get('version'), '1');
  const adapter = fieldsOf(file.get('adapter'), 'adapter');
  return {
    format: 'convscope-kernels',
    version: 1,
    adapter: {
      vendor: textIn(adapter, 'vendor'),
      architecture: textIn(adapter, 'architecture'),
      description: textIn(adapter, 'description'),
      class: wordIn(adapter, 'class', ['software', 'gpu']),
    },
    method: wordIn(file, 'method', ['timestamps', 'clock']),
    rounds: numberIn(file, 'rounds'),
    problems: listIn(file, 'problems', MOST_PROBLEMS).map(tunedProblemIn),
  };
}

function tunedProblemIn(value: unknown): TunedProblem {
  const fields = fieldsOf(value, 'problems');
  return {
    problem: textIn(fields, 'problem'),
    uses: numberIn(fields, 'uses'),
    candidate: textIn(fields, 'candidate'),
    usual: textIn(fields, 'usual'),
    timings: listIn(fields, 'timings', MOST_TIMINGS).map((timing) => {
      const timed = fieldsOf(timing, 'timings');
      return { name: textIn(timed, 'name'), milliseconds: numberIn(timed, 'milliseconds') };
    }),
  };
}

type Fields = ReadonlyMap<string, unknown>;

function fieldsOf(value: unknown, place: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return new Map(Object.entries(value));
  throw wrong(place, value, 'an object');
}

function textIn(fields: Fields, name: string): string {
  const value = fields.get(name);
  if (typeof value === 'string' && value.length <= 1000) return value;
  throw wrong(name, value, 'text of at most 1000 characters');
}

function wordIn<const Word extends string>(fields: Fields, name: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === fields.get(name));
  if (found !== undefined) return found;
  throw wrong(name, fields.get(name), words.join(' or '));
}

function numberIn(fields: Fields, name: string): number {
  const value = fields.get(name);
  if (typeof value === 'number' && value >= 0 && value <= 1e9) return value;
  throw wrong(name, value, 'a number from 0 to 1e9');
}

function listIn(fields: Fields, name: string, most: number): readonly unknown[] {
  const value = fields.get(name);
  if (Array.isArray(value) && value.length <= most) return value as readonly unknown[];
  throw wrong(name, Array.isArray(value) ? `${value.length} items` : value, `a list of at most ${most}`);
}

function wrong(place: string, value: unknown, wanted: string): ConvscopeError {
  const got = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 80);
  return new ConvscopeError('invalid-file', 'not usable as kernel choices', { node: place, got, wanted });
}
