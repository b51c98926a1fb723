import { type Point, type Stroke } from './digit-strokes.ts';

/** A short straight piece of ink between two points, in pixels, with the pen's radius at each. */
export interface Piece {
  readonly from: Point;
  readonly to: Point;
  readonly fromRadius: number;
  readonly toRadius: number;
}

const STEPS = 6;

/** Points along a stroke: Catmull and Rom's spline through a smooth one's points, a straight one's corners. */
export function pathOf({ path, points }: Stroke): Point[] {
  if (path === 'straight' || points.length < 3) return [...points];
  const at = (index: number): Point => points[Math.min(Math.max(index, 0), points.length - 1)] ?? [0, 0];
  const result: Point[] = [at(0)];
  for (let span = 0; span + 1 < points.length; span++) {
    const [before, start, end, after] = [at(span - 1), at(span), at(span + 1), at(span + 2)];
    for (let step = 1; step <= STEPS; step++) {
      const t = step / STEPS;
      result.push([spline(before[0], start[0], end[0], after[0], t), spline(before[1], start[1], end[1], after[1], t)]);
    }
  }
  return result;
}

function spline(before: number, start: number, end: number, after: number, t: number): number {
  const cubic = 3 * start - before - 3 * end + after;
  const quadratic = 2 * before - 5 * start + 4 * end - after;
  return start + (t / 2) * (end - before + t * (quadratic + t * cubic));
}

/** Inks a piece into a square picture of `size` pixels: coverage 0 to 1 falls off over `softness` pixels at the edge. */
export function inkPiece(picture: Float32Array, size: number, piece: Piece, softness: number): void {
  const { from, to, fromRadius, toRadius } = piece;
  const reach = Math.max(fromRadius, toRadius) + softness;
  const firstX = Math.max(0, Math.floor(Math.min(from[0], to[0]) - reach));
  const lastX = Math.min(size - 1, Math.ceil(Math.max(from[0], to[0]) + reach));
  const firstY = Math.max(0, Math.floor(Math.min(from[1], to[1]) - reach));
  const lastY = Math.min(size - 1, Math.ceil(Math.max(from[1], to[1]) + reach));
  const alongX = to[0] - from[0];
  const alongY = to[1] - from[1];
  const squaredLength = Math.max(alongX * alongX + alongY * alongY, 1e-12);
  for (let y = firstY; y <= lastY; y++) {
    for (let x = firstX; x <= lastX; x++) {
      const offsetX = x + 0.5 - from[0];
      const offsetY = y + 0.5 - from[1];
      const part = Math.min(1, Math.max(0, (offsetX * alongX + offsetY * alongY) / squaredLength));
      const awayX = offsetX - part * alongX;
      const awayY = offsetY - part * alongY;
      const distance = Math.sqrt(awayX * awayX + awayY * awayY);
      const radius = fromRadius + part * (toRadius - fromRadius);
      const coverage = Math.min(1, (radius - distance) / softness + 0.5);
      const pixel = y * size + x;
      if (coverage > (picture[pixel] ?? 0)) picture[pixel] = coverage;
    }
  }
}
