import type { AttributesOf } from '../attributes.ts';
import { float32Tensor, int32Tensor, type TensorData } from '../tensor-data.ts';
import type { resizeAttributes } from './resampling.ts';

export type Resampling = AttributesOf<typeof resizeAttributes>;

/** What one output position reads: inputs from `start` on, with weights. Undefined: outside of what may be read. */
export interface Taps {
  readonly start: number;
  readonly weights: readonly number[];
}

/** One axis: its sizes, ONNX's scale where it was given, and the part of the input that crop-and-resize reads, 0..1. */
export interface ResampledAxis {
  readonly inSize: number;
  readonly outSize: number;
  readonly scale: number | undefined;
  readonly region: readonly [start: number, end: number];
}

/** The taps of every output position, by ONNX Resize's formulas (opset 19), in float64. */
export function tapsOf(axis: ResampledAxis, resampling: Resampling): readonly (Taps | undefined)[] {
  return Array.from({ length: axis.outSize }, (_, o) => {
    const x = sourceCoordinate(o, axis, resampling.coordinates);
    if (resampling.coordinates === 'crop-and-resize' && !(x >= 0 && x <= axis.inSize - 1)) return undefined;
    if (resampling.mode === 'nearest') {
      return { start: clamp(nearest(x, resampling), axis.inSize), weights: [1] };
    }
    return interpolation(x, axis, resampling);
  });
}

/** The taps of the adjoint map: for every input position the outputs that read it. */
export function transposedTaps(taps: readonly (Taps | undefined)[], inSize: number): readonly Taps[] {
  const readers: Map<number, number>[] = Array.from({ length: inSize }, () => new Map());
  taps.forEach((entry, o) =>
    entry?.weights.forEach((weight, t) => {
      if (weight !== 0) readers[entry.start + t]?.set(o, weight);
    }),
  );
  return readers.map((weights) => {
    const first = weights.keys().next().value ?? 0;
    const last = [...weights.keys()].at(-1) ?? first - 1;
    return {
      start: first,
      weights: Array.from({ length: last - first + 1 }, (_, index) => weights.get(first + index) ?? 0),
    };
  });
}

/** The tables of resample.wgsl. */
export function tapTables(taps: readonly (Taps | undefined)[]): { spans: TensorData; weights: TensorData } {
  const spans: number[] = [];
  const weights: number[] = [];
  for (const entry of taps) {
    spans.push(entry?.start ?? -1, entry?.weights.length ?? 0, weights.length);
    for (const weight of entry?.weights ?? []) weights.push(weight);
  }
  return {
    spans: int32Tensor([taps.length, 3], spans),
    weights: float32Tensor([weights.length], weights),
  };
}

/** Whether every position reads just itself. */
export function isIdentity(taps: readonly (Taps | undefined)[], inSize: number): boolean {
  return (
    taps.length === inSize &&
    taps.every(
      (entry, o) =>
        entry !== undefined &&
        entry.weights.every((weight, t) => weight === (entry.start + t === o ? 1 : 0)) &&
        entry.weights.length > 0,
    )
  );
}

const clamp = (index: number, size: number) => Math.min(Math.max(index, 0), size - 1);

/**
 * ONNX's x_original. Where no scale is given it is outSize / inSize, and the fraction is of integers: so halves are exact,
 * on which rounding depends.
 */
function sourceCoordinate(
  o: number,
  { inSize, outSize, scale, region: [start, end] }: ResampledAxis,
  coordinates: Resampling['coordinates'],
): number {
  const outLength = scale === undefined ? outSize : scale * inSize;
  const halfPixel = () =>
    scale === undefined ? ((2 * o + 1) * inSize - outSize) / (2 * outSize) : (o + 0.5) / scale - 0.5;
  switch (coordinates) {
    case 'half-pixel':
      return halfPixel();
    case 'pytorch-half-pixel':
      return outSize > 1 ? halfPixel() : 0;
    case 'half-pixel-symmetric':
      return (inSize / 2) * (1 - outSize / outLength) + halfPixel();
    case 'align-corners':
      return outLength === 1 ? 0 : (o * (inSize - 1)) / (outLength - 1);
    case 'asymmetric':
      return scale === undefined ? (o * inSize) / outSize : o / scale;
    case 'crop-and-resize': {
      const length = (end - start) * (inSize - 1);
      return (outLength === 1 ? length / 2 : (o * length) / (outLength - 1)) + start * (inSize - 1);
    }
  }
}

function nearest(x: number, { rounding, coordinates }: Resampling): number {
  switch (rounding) {
    case 'floor':
      return Math.floor(x);
    case 'ceil':
      return Math.ceil(x);
    case 'round-prefer-floor':
      return Math.ceil(x - 0.5);
    case 'round-prefer-ceil':
      return Math.floor(x + 0.5);
    case 'default':
      return coordinates === 'asymmetric' ? Math.floor(x) : Math.floor(x + 0.5);
  }
}

/** The inputs under the filter around x. Those beyond the edge count as the edge, or not at all (`excludeOutside`). */
function interpolation(x: number, { inSize, outSize, scale }: ResampledAxis, resampling: Resampling): Taps {
  const { mode, antialias, excludeOutside } = resampling;
  // Antialiasing widens the filter until it covers what one output stands for.
  const shrink = antialias ? Math.min(Math.max(scale ?? outSize / inSize, 1 / inSize), 1) : 1;
  const support = mode === 'bilinear' ? 1 : 2;
  const before = Math.floor(-support / shrink) + 1;
  const base = Math.floor(x);
  const gathered = new Map<number, number>();
  let total = 0;
  for (let index = base + before; index <= base + 1 - before; index++) {
    const distance = Math.abs(index - x) * shrink;
    const weight = mode === 'bilinear' ? Math.max(1 - distance, 0) : cubic(distance, resampling.cubicCoefficient);
    if (weight === 0 || (excludeOutside && index !== clamp(index, inSize))) continue;
    const place = clamp(index, inSize);
    gathered.set(place, (gathered.get(place) ?? 0) + weight);
    total += weight;
  }
  const [start] = gathered.keys();
  const last = [...gathered.keys()].at(-1);
  if (start === undefined || last === undefined) return { start: clamp(base, inSize), weights: [0] };
  const divisor = antialias || excludeOutside ? total : 1;
  return {
    start,
    weights: Array.from({ length: last - start + 1 }, (_, t) => (gathered.get(start + t) ?? 0) / divisor),
  };
}

/** Keys' cubic convolution kernel (1981), with coefficient a. */
function cubic(distance: number, a: number): number {
  if (distance <= 1) return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
  if (distance < 2) return ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
  return 0;
}
