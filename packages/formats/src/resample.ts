/** A rectangle of a picture in pixels; edges may lie between pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Resamples a region of interleaved samples with a triangle filter: bilinear where it grows, and widened by the factor
 * where it shrinks, so that small pictures do not alias. This is Pillow's `Image.resize(size, BILINEAR, box)`
 * (Pillow, src/libImaging/Resample.c) without its rounding to 8 bits between and after the two passes.
 *
 * @param samples height * width * channels numbers, rows from the top.
 * @returns targetHeight * targetWidth * channels numbers.
 */
export function resample(
  samples: ArrayLike<number>,
  source: { readonly width: number; readonly height: number; readonly channels: number },
  region: Region,
  target: { readonly width: number; readonly height: number },
): Float32Array {
  const { channels } = source;
  const columns = filterTaps(source.width, region.left, region.width, target.width);
  const rows = filterTaps(source.height, region.top, region.height, target.height);
  const firstRow = Math.min(...rows.map(({ first }) => first));
  const endRow = Math.max(...rows.map(({ first, weights }) => first + weights.length));

  const narrowed = new Float32Array((endRow - firstRow) * target.width * channels);
  for (let y = firstRow; y < endRow; y++) {
    for (const [x, { first, weights }] of columns.entries()) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap++) {
          sum += (weights[tap] ?? 0) * (samples[(y * source.width + first + tap) * channels + channel] ?? 0);
        }
        narrowed[((y - firstRow) * target.width + x) * channels + channel] = sum;
      }
    }
  }

  const rowLength = target.width * channels;
  const result = new Float32Array(target.height * rowLength);
  for (const [y, { first, weights }] of rows.entries()) {
    for (let index = 0; index < rowLength; index++) {
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++) {
        sum += (weights[tap] ?? 0) * (narrowed[(first - firstRow + tap) * rowLength + index] ?? 0);
      }
      result[y * rowLength + index] = sum;
    }
  }
  return result;
}

interface Taps {
  readonly first: number;
  /** They add up to 1. */
  readonly weights: Float64Array;
}

function filterTaps(sourceLength: number, start: number, length: number, targetLength: number): Taps[] {
  const scale = length / targetLength;
  const support = Math.max(1, scale);
  return Array.from({ length: targetLength }, (_, index) => {
    const centre = start + (index + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(sourceLength, Math.trunc(centre + support + 0.5));
    const weights = Float64Array.from({ length: Math.max(1, end - first) }, (__, tap) => {
      return Math.max(0, 1 - Math.abs(first + tap - centre + 0.5) / support);
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return {
      first: Math.min(first, sourceLength - 1),
      weights: sum > 0 ? weights.map((weight) => weight / sum) : weights.fill(1),
    };
  });
}
