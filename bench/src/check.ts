import { geometricMean } from './measure.ts';
import { type RecordedSuite } from './recorded.ts';
import type { CaseResult } from './suite.ts';

/** The part of a recorded ratio below which it counts as fallen; sizes may grow as far. */
const LEAST = 0.8;

/** One thing that is tracked, as it was recorded and as it is. */
export interface Tracked {
  readonly name: string;
  readonly unit: 'times' | 'KB' | 'MB' | 'part';
  readonly recorded: number;
  /** Undefined where it should have been measured and was not. */
  readonly now: number | undefined;
  readonly state: 'held' | 'fallen' | 'gone';
  /** The cases that it is made of; none where it is no ratio of cases. */
  readonly cases: readonly string[];
}

/**
 * What is tracked, then and now: ratios of single cases, each group's geometric mean over the cases that both
 * recordings have, ratios among the figures, and sizes. `wanted` says which cases were asked for this time: what was
 * not is left out.
 */
export function trackedBetween(
  before: RecordedSuite,
  now: RecordedSuite,
  wanted: (name: string) => boolean = () => true,
): readonly Tracked[] {
  const groups = new Set(before.cases.flatMap(({ group }) => group ?? []));
  return [
    ...before.cases.filter(({ group }) => group === undefined).flatMap((old) => singleCase(old, now, wanted)),
    ...[...groups].flatMap((group) => wholeGroup(group, before, now, wanted)),
    ...singleFigures(before, now, groups, wanted),
  ];
}

export const lineOf = ({ name, unit, recorded, now, state }: Tracked): string => {
  const digits = (value: number) => value.toPrecision(3);
  if (now === undefined) return `${name}: no longer measured, recorded ${digits(recorded)} ${unit}`;
  const change = Math.round(100 * (now / recorded - 1));
  const word = state === 'held' ? '' : unit === 'times' ? ', FALLEN' : ', GROWN';
  return `${name}: ${digits(now)} ${unit}, recorded ${digits(recorded)} (${change < 0 ? '' : '+'}${change} %)${word}`;
};

export const fullName = ({ group, name }: Pick<CaseResult, 'group' | 'name'>): string =>
  group === undefined ? name : `${group}, ${name}`;

/** Of two measurements of one thing the better one: what others do on the machine only ever makes a time longer. */
export function betterOf(first: Tracked, second: Tracked | undefined): Tracked {
  if (first.state === 'held' || second?.now === undefined) return first;
  return second.state === 'held' ? second : first;
}

function singleCase(old: CaseResult, { cases }: RecordedSuite, wanted: (name: string) => boolean): readonly Tracked[] {
  if (!wanted(old.name)) return [];
  const current = cases.find(({ name, group }) => name === old.name && group === undefined);
  return Object.entries(old.ratios).map(([peer, { median }]) => {
    const value = current?.ratios[peer]?.median;
    return tracked({ name: `${old.name}, ${peer}`, unit: 'times', recorded: median, now: value, cases: [old.name] });
  });
}

function wholeGroup(
  group: string,
  before: RecordedSuite,
  now: RecordedSuite,
  wanted: (name: string) => boolean,
): readonly Tracked[] {
  const asked = before.cases.filter((old) => old.group === group && wanted(fullName(old)));
  if (asked.length === 0) return [];
  const pairs = asked.flatMap((old) => {
    const current = now.cases.find(({ name, group: own }) => name === old.name && own === group);
    return Object.entries(old.ratios).flatMap(([peer, { median }]) => {
      const value = current?.ratios[peer]?.median;
      return value === undefined ? [] : [{ name: fullName(old), recorded: median, now: value }];
    });
  });
  const cases = pairs.map(({ name }) => name);
  const mean = (values: readonly number[]) => (values.length === 0 ? undefined : geometricMean(values));
  const all = asked.flatMap(({ ratios }) => Object.values(ratios).map(({ median }) => median));
  const recorded = mean(pairs.map((pair) => pair.recorded)) ?? mean(all) ?? NaN;
  const name = `${group}: geometric mean of ${pairs.length}`;
  return [tracked({ name, unit: 'times', recorded, now: mean(pairs.map((pair) => pair.now)), cases })];
}

/** Means of groups are made anew from the cases; times by themselves are not tracked. */
function singleFigures(
  before: RecordedSuite,
  now: RecordedSuite,
  groups: ReadonlySet<string>,
  wanted: (name: string) => boolean,
): readonly Tracked[] {
  return before.figures.flatMap(({ name, unit, value: recorded }) => {
    if (unit === 'ms' || !wanted(name) || [...groups].some((group) => name.startsWith(`${group}: `))) return [];
    const current = now.figures.find((figure) => figure.name === name && figure.unit === unit);
    return [tracked({ name, unit, recorded, now: current?.value, cases: [] })];
  });
}

function tracked({ name, unit, recorded, now, cases }: Omit<Tracked, 'state'>): Tracked {
  const isBetter = (value: number) =>
    unit === 'times' ? value >= LEAST * recorded : value * LEAST <= recorded || value - recorded < 1e-3;
  const state = now === undefined ? 'gone' : isBetter(now) ? 'held' : 'fallen';
  return { name, unit, recorded, now, state, cases };
}
