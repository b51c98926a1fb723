import type { KernelTuning } from '@convscope/gpu-engine';
import { expect, test } from 'vitest';
import { keepTuning, keptTuning, type KernelPlace, type TextStore } from './kernel-store.ts';
import { tuningWords } from './tuning-words.ts';

const adapter = { vendor: 'v', architecture: 'a', description: '', class: 'gpu' } as const;
const place: KernelPlace = { adapter, model: { kind: 'zoo', name: 'digits' }, shape: [1, 28, 28] };
const timings = [
  { name: 'rows', milliseconds: 3 },
  { name: 'pixels', milliseconds: 2 },
];
const tuning: KernelTuning = {
  format: 'convscope-kernels',
  version: 1,
  adapter,
  method: 'clock',
  rounds: 5,
  problems: [{ problem: 'p', uses: 1, usual: 'rows', candidate: 'pixels', timings }],
};

function memoryStore(): TextStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

test('kernels are kept for a network and an adapter, and can be removed', () => {
  const store = memoryStore();
  expect(keptTuning(store, place)).toBeUndefined();
  expect(keepTuning(store, place, tuning)).toBe(true);
  expect(keptTuning(store, place)).toEqual(tuning);
  const others: KernelPlace[] = [
    { ...place, model: { kind: 'zoo', name: 'shapes' } },
    { ...place, model: { kind: 'file', name: 'digits', hash: 'ab' } },
    { ...place, shape: [1, 32, 32] },
    { ...place, adapter: { ...adapter, architecture: 'b' } },
  ];
  for (const other of others) expect(keptTuning(store, other)).toBeUndefined();
  expect(keepTuning(store, place, undefined)).toBe(true);
  expect(store.texts.size).toBe(0);
});

test('what others wrote into the storage, or a storage that refuses, is no harm', () => {
  const store = memoryStore();
  keepTuning(store, place, tuning);
  const [key] = [...store.texts.keys()] as [string];
  for (const text of ['', 'x', '{}', JSON.stringify({ ...tuning, problems: [null] })]) {
    store.texts.set(key, text);
    expect(keptTuning(store, place)).toBeUndefined();
  }

  const refusing = { ...store, setItem: () => JSON.parse('{') as undefined };
  expect(keepTuning(refusing, place, tuning)).toBe(false);
  expect(keepTuning(undefined, place, tuning)).toBe(false);
  expect(keptTuning(undefined, place)).toBeUndefined();
});

test('the result in words', () => {
  expect(tuningWords(tuning)).toBe('1 problem measured, 1.5 times faster than the default');
  const [problem] = tuning.problems;
  const same =
    problem === undefined ? [] : [{ ...problem, candidate: 'rows' }, problem].map((p) => ({ ...p, candidate: 'rows' }));
  expect(tuningWords({ ...tuning, problems: same })).toBe(
    '2 problems measured, the default kernels are the fastest here',
  );
  expect(tuningWords({ ...tuning, problems: [] })).toMatch(/no choice/);
});
