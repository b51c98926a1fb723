import type { Summary } from './measure.ts';
import type { CaseResult, Figure } from './suite.ts';

/** One line a case: each contender's median with its quartiles, GFLOP/s where they are counted, and the ratios. */
export function caseLine({ name, group, times, ratios, operations, processorTimes }: CaseResult): string {
  const rate = ({ median }: Summary): string =>
    operations === undefined ? '' : `, ${(operations / median / 1e6).toFixed(1)} GFLOP/s`;
  const sides = Object.entries(times).map(([side, time]) => `${side} ${spread(time)} ms${rate(time)}`);
  const against = Object.values(ratios).map((ratio) => `x${ratio.median.toFixed(2)}`);
  const [own, other] = Object.values(processorTimes ?? {}).map(({ median }) => median);
  const processor = own === undefined || other === undefined ? '' : ` (processor time x${(other / own).toFixed(2)})`;
  return `  ${[group, name].filter(Boolean).join(', ')}: ${sides.join(' | ')}  ${against.join(' ')}${processor}`;
}

export function figureLine({ name, value, unit, wanted }: Figure): string {
  const met = wanted === undefined ? '' : `  (wanted ${unit === 'times' ? 'at least' : 'at most'} ${wanted})`;
  return `  ${name}: ${digits(value)} ${unit}${met}`;
}

export function spread({ median, lowerQuartile, upperQuartile }: Summary): string {
  return `${digits(median)} (${digits(lowerQuartile)} to ${digits(upperQuartile)})`;
}

/** Three digits that count, without an exponent. */
export function digits(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
