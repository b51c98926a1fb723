import type { Completeness, DeletionInsertion, RandomizationStep } from '@convscope/xai';
import { numberText, percentText } from '../../shared/number-text.ts';

/** Deletion and insertion along a map, and along pixels in random order. */
export interface Curves {
  readonly map: DeletionInsertion;
  readonly random: DeletionInsertion;
  /** The class whose probability is watched. */
  readonly label: string;
}

/** Mean rank correlations from here on say that the map hardly depends on the weights. */
const ALIKE = 0.5;
/** And below this that it does. */
const UNLIKE = 0.2;
/** Areas that differ by less are taken for equal. */
const NOTICEABLE = 0.02;

export function completenessWords({ sum, wanted, relativeGap }: Completeness): string {
  const gap = percentText(relativeGap);
  const verdict = relativeGap < 0.05 ? 'nothing of note is missing' : `${gap} of that is missing or too much`;
  return `The values add up to ${numberText(sum)}; the score rises by ${numberText(wanted)} from a blank picture: ${verdict}.`;
}

export function deletionWords({ map, random, label }: Curves): string {
  const areas = `area ${numberText(map.deletionArea)}, in random order ${numberText(random.deletionArea)}`;
  const lead = random.deletionArea - map.deletionArea;
  if (Math.abs(lead) < NOTICEABLE) {
    return `Without its strongest pixels, ${label} fades no faster than without random ones (${areas}).`;
  }
  return lead > 0
    ? `Without its strongest pixels, ${label} fades sooner than without random ones (${areas}): they matter.`
    : `Without its strongest pixels, ${label} fades later than without random ones (${areas}): they matter less than others.`;
}

export function insertionWords({ map, random, label }: Curves): string {
  const areas = `area ${numberText(map.insertionArea)}, in random order ${numberText(random.insertionArea)}`;
  const lead = map.insertionArea - random.insertionArea;
  if (Math.abs(lead) < NOTICEABLE) {
    return `With its strongest pixels sharp, ${label} comes no sooner than with random ones (${areas}).`;
  }
  return lead > 0
    ? `With its strongest pixels sharp, ${label} comes sooner than with random ones (${areas}): they suffice.`
    : `With its strongest pixels sharp, ${label} comes later than with random ones (${areas}): they do not suffice.`;
}

/** By the mean magnitude over the stages: at a single one, coarse maps can be alike by chance. */
export function randomizationWords(steps: readonly RandomizationStep[]): string {
  const known = steps.map(({ correlation }) => Math.abs(correlation)).filter((value) => !Number.isNaN(value));
  if (known.length === 0) return 'With random weights the map is the same everywhere: it depends on what was learned.';
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const figure = `mean rank correlation ${numberText(mean)}`;
  if (mean >= ALIKE) {
    return `With random weights the map stays much the same (${figure}): it shows the picture more than what was learned.`;
  }
  return mean < UNLIKE
    ? `With random weights it is another map (${figure}): it depends on what was learned.`
    : `With random weights part of the map stays (${figure}): some of it is the picture, not what was learned.`;
}
