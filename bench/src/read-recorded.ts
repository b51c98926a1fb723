import type { HistoryEntry, RecordedSuite } from './recorded.ts';

/** Of a list in a file, and of a text. */
const MOST_ITEMS = 5000;
const MOST_TEXT = 1000;

type Reader<T> = (value: unknown, place: string) => T;

/**
 * Recordings from a file that anyone may have sent: of one suite, or a list of several. Throws an Error that says what
 * came where and what was wanted.
 */
export function readRecordings(text: string): readonly RecordedSuite[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw wrong('the file', 'no JSON', 'a recording');
  }
  return Array.isArray(content) ? list(suite)(content, 'the file') : [suite(content, 'the file')];
}

export function readHistory(text: string): readonly HistoryEntry[] {
  return list(historyEntry)(JSON.parse(text), 'the history');
}

function wrong(place: string, got: string, wanted: string): Error {
  return new Error(`${place}: got ${got}; wanted ${wanted}`);
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;

const text: Reader<string> = (value, place) => {
  if (typeof value !== 'string') throw wrong(place, kindOf(value), 'a text');
  if (value.length > MOST_TEXT) throw wrong(place, `${value.length} characters`, `at most ${MOST_TEXT}`);
  return value;
};

/** Suites name files. */
const name: Reader<string> = (value, place) => {
  const found = text(value, place);
  if (!/^[a-z]+(-[a-z]+)*$/.test(found)) throw wrong(place, JSON.stringify(found), 'small letters and hyphens');
  return found;
};

const number: Reader<number> = (value, place) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(place, kindOf(value), 'a finite number');
  return value;
};

const positive: Reader<number> = (value, place) => {
  const found = number(value, place);
  if (found < 0) throw wrong(place, String(found), 'a number that is not negative');
  return found;
};

const textOrNumber: Reader<string | number> = (value, place) =>
  typeof value === 'number' ? number(value, place) : text(value, place);

const choice =
  <T extends string>(...choices: readonly T[]): Reader<T> =>
  (value, place) => {
    const found = choices.find((each) => each === value);
    if (found === undefined) throw wrong(place, kindOf(value), choices.join(' or '));
    return found;
  };

const list =
  <T>(item: Reader<T>): Reader<readonly T[]> =>
  (value, place) => {
    if (!Array.isArray(value)) throw wrong(place, kindOf(value), 'a list');
    if (value.length > MOST_ITEMS) throw wrong(place, `${value.length} items`, `at most ${MOST_ITEMS}`);
    return value.map((each, index) => item(each, `${place}[${index}]`));
  };

function entriesOf(value: unknown, place: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(place, kindOf(value), 'an object');
  const entries = Object.entries(value);
  if (entries.length > MOST_ITEMS) throw wrong(place, `${entries.length} fields`, `at most ${MOST_ITEMS}`);
  return entries;
}

const dictionary =
  <T>(item: Reader<T>): Reader<Readonly<Record<string, T>>> =>
  (value, place) =>
    Object.fromEntries(
      entriesOf(value, place).map(([key, each]) => [text(key, place), item(each, `${place}.${key}`)] as const),
    );

/** `fields` have to be there, `optional` ones may be. What else there is is left out. */
const object =
  <T, O extends object = object>(
    fields: { readonly [K in keyof T]: Reader<T[K]> },
    optional: { readonly [K in keyof O]: Reader<O[K]> } = {} as { readonly [K in keyof O]: Reader<O[K]> },
  ): Reader<T & Partial<O>> =>
  (value, place) => {
    const given = new Map(entriesOf(value, place));
    const read = (readers: object, isNeeded: boolean) =>
      Object.entries(readers).flatMap(([key, reader]) =>
        isNeeded || given.has(key)
          ? [[key, (reader as Reader<unknown>)(given.get(key), `${place}.${key}`)] as const]
          : [],
      );
    return Object.fromEntries([...read(fields, true), ...read(optional, false)]) as T & Partial<O>;
  };

const summary = object({
  median: number,
  min: number,
  lowerQuartile: number,
  upperQuartile: number,
  samples: list(number),
});

const environment = object(
  {
    date: text,
    commit: text,
    adapter: object({
      vendor: text,
      architecture: text,
      description: text,
      class: choice('software', 'gpu'),
    }),
    cores: positive,
    processor: text,
    versions: dictionary(text),
  },
  { load: positive, runtime: choice('browser') },
);

const suite: Reader<RecordedSuite> = object({
  name,
  title: text,
  environment,
  settings: dictionary(textOrNumber),
  checks: list(object({ what: text, difference: positive, tolerance: positive })),
  cases: list(
    object(
      { name: text, times: dictionary(summary), ratios: dictionary(summary) },
      { group: text, operations: positive, processorTimes: dictionary(summary) },
    ),
  ),
  figures: list(
    object({ name: text, unit: choice('times', 'ms', 'KB', 'MB', 'part'), value: number }, { wanted: number }),
  ),
});

const historyEntry: Reader<HistoryEntry> = object({
  date: text,
  commit: text,
  adapter: text,
  suite: name,
  ratios: dictionary(number),
});
