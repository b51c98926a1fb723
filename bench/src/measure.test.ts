import { expect, test } from 'vitest';
import { compare, oneByOne, queued, summarize } from './measure.ts';

test('quantiles lie between the samples, which keep their order', () => {
  expect(summarize([4, 1, 3, 2])).toEqual({
    median: 2.5,
    min: 1,
    lowerQuartile: 1.75,
    upperQuartile: 3.25,
    samples: [4, 1, 3, 2],
  });
  expect(summarize([7])).toMatchObject({ median: 7, min: 7, lowerQuartile: 7, upperQuartile: 7 });
  expect(() => summarize([])).toThrow('no samples');
});

test('contenders take turns after their warm-ups, and ratios are to the first', async () => {
  const order: string[] = [];
  const contender = (name: string) => ({ name, run: oneByOne(async () => void order.push(name)) });
  const { times, ratios, processorTimes } = await compare([contender('a'), contender('b')], { warmUps: 2, rounds: 2 });
  expect(order.join('')).toBe('aabbabab');
  expect(Object.keys(times)).toEqual(['a', 'b']);
  expect(Object.keys(ratios)).toEqual(['b']);
  expect(times['a']?.samples).toHaveLength(2);
  expect(ratios['b']?.samples).toHaveLength(2);
  expect(processorTimes).toBeUndefined();
});

test('quick work is run many times a sample, and the queue is waited for once', async () => {
  let [starts, waits] = [0, 0];
  const pause = () => new Promise((resolve) => setTimeout(resolve, 12));
  const run = queued(
    () => (starts += 1),
    async () => {
      waits += 1;
      // Waiting alone is enough for a sample once there are several runs in it.
      if (starts > 10) await pause();
    },
  );
  const { times } = await compare([{ name: 'a', run }], { warmUps: 1, rounds: 2, leastMilliseconds: 8 });
  expect(starts).toBeGreaterThan(3 * waits);
  expect(times['a']?.median).toBeLessThan(8);
});

test('stops between runs when it is told to', async () => {
  const stop = new AbortController();
  const run = oneByOne(async () => stop.abort());
  const comparison = compare([{ name: 'a', run }], { warmUps: 1, rounds: 5, signal: stop.signal });
  await expect(comparison).rejects.toMatchObject({ name: 'AbortError' });
});
