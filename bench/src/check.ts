import { readRecorded, type RecordedSuite } from './results.ts';

/** The part of a recorded ratio below which it counts as fallen. */
const LEAST = 0.8;

/** The ratios that fell by more than 20 % from what is recorded for this adapter, each as a line for people. */
export function fallenFigures(folder: string, suite: string, now: RecordedSuite): readonly string[] {
  const before = readRecorded(folder, suite, now.environment.adapter);
  if (before === undefined) throw new Error(`nothing is recorded for ${suite} on this adapter`);
  return fallenBetween(before, now);
}

export function fallenBetween(before: RecordedSuite, now: RecordedSuite): readonly string[] {
  const current = ratiosOf(now);
  return [...ratiosOf(before)].flatMap(([name, recorded]) => {
    const value = current.get(name);
    if (value === undefined) return [`${name} is no longer measured (it was ${recorded.toFixed(2)})`];
    return value >= LEAST * recorded ? [] : [`${name}: ${value.toFixed(2)}, recorded ${recorded.toFixed(2)}`];
  });
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
