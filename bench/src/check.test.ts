import { expect, test } from 'vitest';
import { betterOf, lineOf, trackedBetween } from './check.ts';
import { summarize } from './measure.ts';
import type { RecordedSuite } from './recorded.ts';
import { recordedSuite } from './recorded.test-support.ts';
import type { CaseResult } from './suite.ts';

const convolution = (name: string, ratio: number): CaseResult => ({
  name,
  group: 'conv',
  times: {},
  ratios: { Peer: summarize([ratio]) },
});

const suite = (ratio: number, layers: readonly CaseResult[], memory = 1.1): RecordedSuite => ({
  ...recordedSuite(),
  cases: [{ name: 'Adam', times: {}, ratios: { Peer: summarize([ratio]) } }, ...layers],
  figures: [
    { name: 'conv: geometric mean of 2', unit: 'times', value: 99 },
    { name: 'a time', unit: 'ms', value: 5 },
    { name: 'held', unit: 'part', value: memory },
  ],
});
const both = (first: number, second: number) => [convolution('3x3', first), convolution('1x1', second)];
const fallen = (...given: Parameters<typeof trackedBetween>) =>
  trackedBetween(...given)
    .filter(({ state }) => state !== 'held')
    .map(lineOf);

test('a ratio has fallen below four fifths of what is recorded, and a size grown as far', () => {
  const before = suite(5, both(2, 8));
  expect(fallen(before, suite(4.01, both(1.7, 7.6)))).toEqual([]);
  expect(fallen(before, suite(3.9, both(2, 8)))).toEqual(['Adam, Peer: 3.90 times, recorded 5.00 (-22 %), FALLEN']);
  expect(fallen(before, suite(5, both(1, 8)))).toEqual([
    'conv: geometric mean of 2: 2.83 times, recorded 4.00 (-29 %), FALLEN',
  ]);
  expect(fallen(before, suite(5, both(2, 8), 1.5))).toEqual(['held: 1.50 part, recorded 1.10 (+36 %), GROWN']);
  expect(fallen(before, suite(NaN, both(2, 8)))).toHaveLength(1);
});

test('a group is compared over the cases that both recordings have, and only what was asked for', () => {
  const before = suite(5, both(2, 8));
  const now = suite(5, [convolution('1x1', 8)]);
  const [, group] = trackedBetween(before, now);
  expect(group).toMatchObject({ state: 'held', cases: ['conv, 1x1'] });
  expect([group?.recorded, group?.now]).toEqual([expect.closeTo(8), expect.closeTo(8)]);
  expect(fallen(before, { ...now, cases: [] }, (name) => name === 'Adam')).toEqual([
    'Adam, Peer: no longer measured, recorded 5.00 times',
  ]);
  expect(trackedBetween(before, now, (name) => name.includes('1x1'))).toHaveLength(1);
});

test('what has fallen once and not twice has not fallen', () => {
  const before = suite(5, []);
  const [[slow], [fine]] = [trackedBetween(before, suite(2, [])), trackedBetween(before, suite(4.5, []))];
  if (slow === undefined || fine === undefined) throw new Error('nothing is tracked');
  expect(betterOf(slow, fine)).toBe(fine);
  expect(betterOf(slow, slow).state).toBe('fallen');
  expect(betterOf(fine, slow)).toBe(fine);
});
