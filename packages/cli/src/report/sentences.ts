import type { Completeness, DeletionInsertion, RandomizationStep } from '@convscope/xai';
import { shortNumber } from '../text.ts';

/** How a check came out: `good` and `bad` where there is something to compare with. */
export interface Finding {
  readonly title: string;
  readonly verdict: 'good' | 'bad' | 'neutral';
  /** The number, short. */
  readonly figure: string;
  /** What it means, in a plain sentence. */
  readonly sentence: string;
}

/** Areas that differ by less than this share of the larger one, or than so much, say nothing. */
const [MARGIN_SHARE, LEAST_MARGIN] = [0.1, 0.002];
/** Above, a map stays much the same when the network forgets; below half of it, it does not. */
const SAME_MAP = 0.5;
const SMALL_GAP = 0.05;

export function completenessFinding(found: Completeness | undefined): Finding | undefined {
  if (found === undefined) return undefined;
  const { sum, wanted, relativeGap } = found;
  const isSmall = relativeGap <= SMALL_GAP;
  return {
    title: 'Completeness',
    verdict: isSmall ? 'good' : 'bad',
    figure: `${percent(relativeGap)} gap`,
    sentence:
      `The values add up to ${shortNumber(sum)}; the class’s score differs from that of the baseline by ` +
      `${shortNumber(wanted)}. ${isSmall ? 'The parts make the whole' : 'The parts do not make the whole'}: ` +
      `${percent(relativeGap)} ${isSmall ? 'is all that is missing' : 'is unaccounted for'}.`,
  };
}

export function deletionFinding(own: DeletionInsertion, chance: DeletionInsertion, name: string): Finding {
  const verdict = verdictOf(chance.deletionArea, own.deletionArea);
  return {
    title: 'Deletion',
    verdict,
    figure: `${percent(own.deletionArea)} (no order: ${percent(chance.deletionArea)})`,
    sentence:
      `While the strongest pixels are blanked first, ${name} keeps a probability of ${percent(own.deletionArea)} on ` +
      `average; in no order, ${percent(chance.deletionArea)}. Lower is better: ${judged(verdict, 'the map finds pixels that the class needs')}.`,
  };
}

export function insertionFinding(own: DeletionInsertion, chance: DeletionInsertion, name: string): Finding {
  const verdict = verdictOf(own.insertionArea, chance.insertionArea);
  return {
    title: 'Insertion',
    verdict,
    figure: `${percent(own.insertionArea)} (no order: ${percent(chance.insertionArea)})`,
    sentence:
      `While the strongest pixels come back first into a blurred picture, ${name} has a probability of ` +
      `${percent(own.insertionArea)} on average; in no order, ${percent(chance.insertionArea)}. Higher is better: ` +
      `${judged(verdict, 'the map finds pixels that are enough for the class')}.`,
  };
}

export function randomizationFinding(steps: readonly RandomizationStep[]): Finding | undefined {
  const last = steps.at(-1);
  if (last === undefined) return undefined;
  const { correlation } = last;
  const title = 'Random weights';
  if (Number.isNaN(correlation)) {
    return {
      title,
      verdict: 'good',
      figure: 'no map left',
      sentence: 'With all weights random, the map is the same everywhere: it comes from what the network has learned.',
    };
  }
  const isSame = correlation >= SAME_MAP;
  const isOther = correlation < SAME_MAP / 2;
  const meaning = isSame
    ? 'it looks much the same, so it shows the picture more than what the network has learned'
    : isOther
      ? 'it is another map, so this one comes from what the network has learned'
      : 'part of it stays, so some of it is the picture and not what the network has learned';
  return {
    title,
    verdict: isSame ? 'bad' : isOther ? 'good' : 'neutral',
    figure: `rank correlation ${twoDecimals(correlation)}`,
    sentence:
      `While all weights become random, from the last layer to the first, the map’s rank correlation with this one goes ` +
      `to ${steps.map((step) => (Number.isNaN(step.correlation) ? 'none' : twoDecimals(step.correlation))).join(', ')}: ` +
      `in the end ${meaning}.`,
  };
}

/** Whether the first is larger, by more than says nothing. */
function verdictOf(larger: number, smaller: number): Finding['verdict'] {
  const margin = Math.max(LEAST_MARGIN, MARGIN_SHARE * Math.max(larger, smaller));
  const gain = larger - smaller;
  return gain > margin ? 'good' : gain < -margin ? 'bad' : 'neutral';
}

/** Two decimals, of which zero has no sign. */
function twoDecimals(value: number): string {
  return value.toFixed(2).replace(/^-0\.00$/, '0.00');
}

function judged(verdict: Finding['verdict'], good: string): string {
  if (verdict === 'good') return good;
  return verdict === 'bad' ? 'the map is worse than no order at all' : 'the map is about as good as no order at all';
}

/** `12 %` on one line, with a decimal where that would be 0. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value >= 9.95 || value === 0) return `${value.toFixed(0)}${SPACE}%`;
  return value < 0.1 ? `less than 0.1${SPACE}%` : `${value.toFixed(1)}${SPACE}%`;
}

/** No line is broken here. */
const SPACE = '\u00a0';
