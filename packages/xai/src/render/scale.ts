/** The values that the ends of a colour map stand for. Values beyond are drawn in the end's colour. */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

export interface ScaleOptions {
  readonly sign: 'signed' | 'positive';
  /** The share of values other than zero, in percent, that must lie inside the scale: 100 takes the extremes. */
  readonly percentile?: number;
}

/** A scale for these values: centred on zero where they are signed, from zero up where they are positive. */
export function scaleOf(values: Float32Array, { sign, percentile = 100 }: ScaleOptions): Scale {
  const magnitudes = values
    .map((value) => (sign === 'signed' ? Math.abs(value) : value))
    .filter((value) => Number.isFinite(value) && value !== 0)
    .sort();
  const place = Math.min(Math.ceil((percentile / 100) * magnitudes.length), magnitudes.length) - 1;
  const largest = Math.max(magnitudes[Math.max(place, 0)] ?? 0, 0);
  const top = largest > 0 ? largest : 1;
  return { min: sign === 'signed' ? -top : 0, max: top };
}
