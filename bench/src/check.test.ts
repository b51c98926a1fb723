import { expect, test } from 'vitest';
import { fallenBetween } from './check.ts';
import type { RecordedSuite } from './recorded.ts';
import { resultsPage } from './page.ts';
import { summarize } from './measure.ts';

const suite = (ratio: number, mean: number): RecordedSuite => ({
  name: 'kernels',
  title: 'Kernels <fast>',
  environment: {
    date: '2026-11-22T00:00:00.000Z',
    commit: 'abc',
    adapter: { vendor: 'mesa', architecture: '', description: 'llvmpipe', class: 'software' },
    cores: 2,
    processor: 'a processor',
    load: 1,
    versions: {},
  },
  settings: {},
  checks: [],
  cases: [
    { name: 'Adam', times: { Convscope: summarize([2]) }, ratios: { Peer: summarize([ratio]) } },
    { name: 'one of many', group: 'conv', times: {}, ratios: { Peer: summarize([0.1]) } },
  ],
  figures: [
    { name: 'conv: geometric mean', unit: 'times', value: mean },
    { name: 'a time', unit: 'ms', value: 5 },
  ],
});

test('a ratio has fallen below four fifths of what is recorded', () => {
  expect(fallenBetween(suite(5, 3), suite(4.01, 2.41))).toEqual([]);
  expect(fallenBetween(suite(5, 3), suite(3.9, 3))).toEqual(['Adam, Peer: 3.90, recorded 5.00']);
  expect(fallenBetween(suite(5, 3), suite(5, NaN))).toHaveLength(1);
  expect(fallenBetween(suite(5, 3), { ...suite(5, 3), figures: [] })).toEqual([
    'conv: geometric mean is no longer measured (it was 3.00)',
  ]);
});

test('the page holds every case, and text only as text', () => {
  const page = resultsPage([suite(5, 3)], []);
  expect(page).toContain('one of many');
  expect(page).toContain('Kernels &#60;fast&#62;');
  expect(page).not.toMatch(/<script|<fast/);
});
