import { summarize } from './measure.ts';
import type { RecordedSuite } from './recorded.ts';

/** A small recording of everything that one can hold. */
export function recordedSuite(): RecordedSuite {
  return {
    name: 'kernels',
    title: 'Kernels <fast>',
    environment: {
      date: '2026-11-22T00:00:00.000Z',
      commit: 'abc',
      adapter: { vendor: 'mesa', architecture: '', description: 'llvmpipe', class: 'software' },
      cores: 2,
      processor: 'a processor',
      load: 1,
      versions: { node: '20' },
    },
    settings: { extent: 'full', rounds: 7 },
    checks: [{ what: 'Adam', difference: 1e-7, tolerance: 1e-3 }],
    cases: [
      { name: 'Adam', times: { Convscope: summarize([2, 3]) }, ratios: { Peer: summarize([5]) } },
      { name: 'one of many', group: 'conv', operations: 1e9, times: {}, ratios: { Peer: summarize([0.1]) } },
    ],
    figures: [{ name: 'conv: geometric mean of 1', unit: 'times', value: 0.1 }],
  };
}
