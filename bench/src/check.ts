import { ratiosOf, type RecordedSuite } from './recorded.ts';
import { readRecorded } from './results.ts';

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
