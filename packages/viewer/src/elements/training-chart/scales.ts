/** Where values stand between 0 and 1 along an axis, and the numbers to write at it. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Steps of a training from 0 to `most`: evenly, or by their logarithm, with 0 beside 1. */
export function stepAxis(most: number, isLogarithmic: boolean): Axis {
  const top = Math.max(1, most);
  if (!isLogarithmic) return { place: (step) => step / top, ticks: roundTicks(0, top, 5) };
  const span = Math.log10(top + 1);
  const powers = Array.from({ length: Math.floor(Math.log10(top)) + 1 }, (_, power) => 10 ** power);
  return { place: (step) => Math.log10(step + 1) / span, ticks: [0, ...powers.slice(-5)] };
}

/** Values from their least to their most; by their logarithm where asked for and all are above zero. */
export function valueAxis(values: readonly number[], isLogarithmic: boolean): Axis {
  const usable = values.filter((value) => Number.isFinite(value) && (!isLogarithmic || value > 0));
  const [least, most] = [Math.min(...usable, Infinity), Math.max(...usable, -Infinity)];
  if (usable.length === 0) return { place: () => 0, ticks: [] };
  if (isLogarithmic) {
    const [low, high] = [
      Math.floor(Math.log10(least)),
      Math.max(Math.ceil(Math.log10(most)), Math.floor(Math.log10(least)) + 1),
    ];
    const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
    return { place: (value) => (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low), ticks };
  }
  const top = most > 0 ? most * 1.04 : 1;
  return { place: (value) => value / top, ticks: roundTicks(0, top, 4) };
}

/** Round numbers, about `count` of them. */
export function roundTicks(least: number, most: number, count: number): number[] {
  const raw = (most - least) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const unit = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  const ticks: number[] = [];
  for (let index = Math.ceil(least / unit); index * unit <= most * (1 + 1e-9); index++) ticks.push(index * unit);
  return ticks;
}
