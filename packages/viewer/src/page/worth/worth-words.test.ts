import { expect, it } from 'vitest';
import { completenessWords, deletionWords, insertionWords, randomizationWords } from './worth-words.ts';

const empty = new Float64Array(2);
const areas = (deletionArea: number, insertionArea: number) => ({
  deletion: empty,
  insertion: empty,
  deletionArea,
  insertionArea,
});
const steps = (...correlations: number[]) => correlations.map((correlation) => ({ parameter: 'w', correlation }));

it('says whether the values make the score', () => {
  expect(completenessWords({ sum: 4.99, wanted: 5, gap: -0.01, relativeGap: 0.002 })).toMatch(/nothing of note/);
  expect(completenessWords({ sum: 4, wanted: 5, gap: -1, relativeGap: 0.2 })).toMatch(/20\.0 % of that is missing/);
});

it('judges the curves against random order, whichever way is better', () => {
  const random = areas(0.5, 0.5);
  const of = (deletion: number, insertion: number) => ({ map: areas(deletion, insertion), random, label: 'cat' });
  expect(deletionWords(of(0.1, 0))).toMatch(/cat fades sooner .* they matter\./);
  expect(deletionWords(of(0.9, 0))).toMatch(/fades later/);
  expect(deletionWords(of(0.51, 0))).toMatch(/no faster/);
  expect(insertionWords(of(0, 0.9))).toMatch(/comes sooner/);
  expect(insertionWords(of(0, 0.1))).toMatch(/comes later/);
  expect(insertionWords(of(0, 0.49))).toMatch(/no sooner/);
});

it('takes the mean over the stages, without regard to sign and to maps that became constant', () => {
  expect(randomizationWords(steps(0.8, -0.6))).toMatch(/much the same \(mean rank correlation 0\.700\)/);
  expect(randomizationWords(steps(0.1, -0.1, 0.55))).toMatch(/part of the map stays/);
  expect(randomizationWords(steps(0.05, Number.NaN, -0.1))).toMatch(/another map \(mean rank correlation 0\.0750\)/);
  expect(randomizationWords(steps(Number.NaN))).toMatch(/the same everywhere/);
});
