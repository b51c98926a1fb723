import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { importResults } from './node/results.ts';
import { readRecordings } from './read-recorded.ts';
import { jsonText, placeName } from './recorded.ts';
import { recordedSuite } from './recorded.test-support.ts';
import { resultsPage } from './results-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'convscope-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));
const suite = recordedSuite();
const saved = (content: unknown): string => {
  const path = join(folder, 'saved.json');
  writeFileSync(path, jsonText(content));
  return path;
};

test('what is written is read back the same', () => {
  expect(readRecordings(jsonText(suite))).toEqual([suite]);
  expect(readRecordings(jsonText([suite, suite]))).toEqual([suite, suite]);
});

test.each<[string, unknown, RegExp]>([
  ['no recording', 3, /the file: got a number; wanted an object/],
  ['a name that leaves the folder', { ...suite, name: '../../etc' }, /the file\.name: got .*wanted small letters/],
  ['a time that is none', { ...suite, cases: [{ name: 'a', times: { A: 3 }, ratios: {} }] }, /cases\[0\]\.times\.A/],
  ['a unit that is none', { ...suite, figures: [{ name: 'a', unit: 'miles', value: 1 }] }, /figures\[0\]\.unit/],
  ['a text without end', { ...suite, title: 'a'.repeat(2000) }, /at most 1000/],
])('refuses %s', (_, content, message) => {
  expect(() => readRecordings(JSON.stringify(content))).toThrow(message);
});

test('a saved file becomes results, history and page, once however often it is imported', () => {
  const environment = { ...suite.environment, runtime: 'browser' as const };
  const path = saved([
    { ...suite, environment },
    { ...suite, name: 'networks', environment },
  ]);
  for (const _ of [1, 2]) {
    const written = importResults(folder, path);
    expect(written).toEqual(['kernels', 'networks'].map((name) => join('results', 'lavapipe-browser', `${name}.json`)));
  }
  const history = JSON.parse(readFileSync(join(folder, 'results', 'history.json'), 'utf8')) as unknown[];
  expect(history).toHaveLength(2);
  expect(readFileSync(join(folder, 'results', 'index.html'), 'utf8')).toContain('lavapipe-browser');
});

test('neither quick sizes nor sides that do not agree are recorded', () => {
  expect(() => importResults(folder, saved({ ...suite, name: 'kernels-quick' }))).toThrow(/quick sizes/);
  const checks = [{ what: 'scores', difference: 1, tolerance: 1e-3 }];
  expect(() => importResults(folder, saved({ ...suite, checks }))).toThrow(/differ in scores/);
});

test('pages and Node on one adapter are two places', () => {
  const { adapter } = suite.environment;
  expect(placeName({ adapter })).toBe('lavapipe');
  expect(placeName({ adapter, runtime: 'browser' })).toBe('lavapipe-browser');
  const chrome = { vendor: 'nvidia', architecture: 'ampere', description: '', class: 'gpu' } as const;
  expect(placeName({ adapter: chrome, runtime: 'browser' })).toBe('nvidia-ampere-browser');
});

test('the page of results holds every case, and text only as text', () => {
  const page = resultsPage([suite], []);
  expect(page).toContain('one of many');
  expect(page).toContain('Kernels &#60;fast&#62;');
  expect(page).not.toMatch(/<script|<fast/);
});
