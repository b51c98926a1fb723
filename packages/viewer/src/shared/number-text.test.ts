import { expect, it } from 'vitest';
import { numberText, percentText } from './number-text.ts';

it('writes numbers short, with a true minus', () => {
  const texts = [0, 1, -2.5, 0.01234, 123.456, 98_765, 1e-7, -3.2e9, NaN, Infinity].map(numberText);
  expect(texts).toEqual([
    '0',
    '1.00',
    '−2.50',
    '0.0123',
    '123',
    '98765',
    '1.0e−7',
    '−3.2e9',
    'not a number',
    'infinity',
  ]);
});

it('never rounds a doubt away', () => {
  expect([0, 0.0004, 0.123, 0.9994, 0.99999, 1].map(percentText)).toEqual([
    '0.0 %',
    '< 0.1 %',
    '12.3 %',
    '> 99.9 %',
    '> 99.9 %',
    '100 %',
  ]);
});
