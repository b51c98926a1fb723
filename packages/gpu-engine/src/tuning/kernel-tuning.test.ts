import { expect, test } from 'vitest';
import { isTunedFor, kernelChoices, readKernelTuning, tuningGain, type KernelTuning } from './kernel-tuning.ts';

const tuning: KernelTuning = {
  format: 'convscope-kernels',
  version: 1,
  adapter: { vendor: 'v', architecture: 'a', description: 'd', class: 'gpu' },
  method: 'clock',
  rounds: 5,
  problems: [
    {
      problem: '__proto__',
      uses: 3,
      candidate: 'fast',
      usual: 'slow',
      timings: [
        { name: 'fast', milliseconds: 1 },
        { name: 'slow', milliseconds: 2 },
      ],
    },
    { problem: 'other', uses: 1, candidate: 'slow', usual: 'slow', timings: [{ name: 'slow', milliseconds: 3 }] },
  ],
};

test('choices, gain and adapter of a tuning', () => {
  expect(readKernelTuning(JSON.stringify(tuning))).toEqual(tuning);
  expect(kernelChoices(tuning).get('__proto__')).toBe('fast');
  expect(tuningGain(tuning)).toBe((3 * 2 + 3) / (3 * 1 + 3));
  expect(tuningGain({ problems: [] })).toBe(1);
  expect(isTunedFor(tuning, { ...tuning.adapter })).toBe(true);
  expect(isTunedFor(tuning, { ...tuning.adapter, architecture: 'b' })).toBe(false);
});

const [first, second] = tuning.problems;
test.each<[string, unknown, RegExp]>([
  ['nothing', null, /file: not usable.*wanted an object/],
  ['a list', [], /wanted an object/],
  ['another format', { ...tuning, format: 'x' }, /format: .*got "x"/],
  ['a later version', { ...tuning, version: 2 }, /version: .*got 2; wanted 1/],
  ['no adapter', { ...tuning, adapter: undefined }, /adapter: .*got nothing/],
  ['an unknown class', { ...tuning, adapter: { ...tuning.adapter, class: 'tpu' } }, /class: .*software or gpu/],
  ['problems that are no list', { ...tuning, problems: { length: 3 } }, /problems: .*a list/],
  ['too many problems', { ...tuning, problems: Array(10_001).fill(first) }, /10001 items.*at most 10000/],
  ['a problem that is none', { ...tuning, problems: [7] }, /problems: .*got 7/],
  ['a name that is too long', { ...tuning, problems: [{ ...second, candidate: 'x'.repeat(1001) }] }, /candidate: /],
  ['a name that is none', { ...tuning, problems: [{ ...second, problem: ['x'] }] }, /problem: .*got \["x"\]/],
  ['a negative time', { ...tuning, problems: [{ ...second, timings: [{ name: 'a', milliseconds: -1 }] }] }, /millisec/],
])('refuses %s', (_, value, message) => {
  const text = JSON.stringify(value);
  expect(() => readKernelTuning(text)).toThrow(message);
  expect(() => readKernelTuning(text)).toThrow(expect.objectContaining({ code: 'invalid-file' }));
});

test('refuses what is no JSON, and text beyond all measure', () => {
  expect(() => readKernelTuning('{')).toThrow(/no JSON/);
  expect(() => readKernelTuning(' '.repeat(9 * 2 ** 20))).toThrow(/at most 8388608/);
});
