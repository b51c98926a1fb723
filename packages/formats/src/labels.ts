import { ModelFormatError } from './errors.ts';

const MOST_LABELS = 1_000_000;

/**
 * Class names from a text file, one a line, in the order of the classes. Empty lines at the end do not count. WordNet
 * numbers before names (`n01440764 tench`, as ImageNet's synset.txt has them) are dropped. Throws ModelFormatError.
 */
export function parseLabels(text: string, fileName = 'labels'): readonly string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  while (lines.length > 0 && (lines.at(-1) ?? '').trim() === '') lines.pop();
  if (lines.length > MOST_LABELS) {
    throw new ModelFormatError(fileName, 'too many labels', { got: lines.length, wanted: `at most ${MOST_LABELS}` });
  }
  const areSynsets = lines.length > 0 && lines.every((line) => /^n\d{8}\s/.test(line));
  return lines.map((line) => (areSynsets ? line.slice(9) : line).trim().slice(0, 1000));
}
