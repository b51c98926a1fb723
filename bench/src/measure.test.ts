import { expect, test } from 'vitest';
import { compare, summarize } from './measure.ts';

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
  const contender = (name: string) => ({ name, run: async () => void order.push(name) });
  const { times, ratios } = await compare([contender('a'), contender('b')], { warmUps: 2, rounds: 2 });
  expect(order.join('')).toBe('aabbabab');
  expect(Object.keys(times)).toEqual(['a', 'b']);
  expect(Object.keys(ratios)).toEqual(['b']);
  expect(times['a']?.samples).toHaveLength(2);
  expect(ratios['b']?.samples).toHaveLength(2);
});
