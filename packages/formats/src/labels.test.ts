import { expect, test } from 'vitest';
import { parseLabels } from './labels.ts';

test('one label a line, with any line ends, without empty lines at the end', () => {
  expect(parseLabels('cat\r\ndog\n great ape \n\n')).toEqual(['cat', 'dog', 'great ape']);
  expect(parseLabels('')).toEqual([]);
});

test('an empty line between labels is a class without a name', () => {
  expect(parseLabels('cat\n\ndog')).toEqual(['cat', '', 'dog']);
});

test('numbers of synsets are dropped', () => {
  expect(parseLabels('n01440764 tench, Tinca tinca\nn01443537 goldfish')).toEqual(['tench, Tinca tinca', 'goldfish']);
});
