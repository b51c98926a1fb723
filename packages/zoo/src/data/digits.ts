import { ConvscopeError, float32Tensor, int32Tensor, Random } from '@convscope/gpu-engine';
import { type DataSet } from './data-set.ts';
import { GLYPHS, type Point, type Stroke } from './digit-strokes.ts';
import { inkPiece, pathOf } from './pen.ts';

/** Width and height of a drawing in pixels. */
export const DIGIT_SIZE = 28;

const CLASSES = 10;
const PIXELS = DIGIT_SIZE * DIGIT_SIZE;

/** A drawing of one digit. */
export interface DigitDrawing {
  /** 28 x 28, from 0 (black ground) to 1 (white ink), each a multiple of 1/255. */
  readonly pixels: Float32Array;
  /** The digit, 0 to 9. */
  readonly label: number;
}

/**
 * Draws a digit by hand, so to speak: one of several ways of writing it, with wobble, slant, rotation, width, size,
 * place, pen and light of its own. It depends on `seed` and `index` alone, and on no function whose last bit differs
 * between machines. Of every ten drawings from a multiple of ten on, each digit is one.
 */
export function drawDigit(seed: number, index: number): DigitDrawing {
  const order = new Random(seed, Math.floor(index / CLASSES), 1).permutation(CLASSES);
  const label = order[index % CLASSES] ?? 0;
  const random = new Random(seed, index, 2);
  const ways = GLYPHS[label] ?? [];
  const paths = (ways[random.below(ways.length)] ?? []).map((stroke) => pathOf(wobbled(stroke, random)));
  const radius = random.uniform(0.8, 1.8);
  const placed = placedInPicture(handwritten(paths, random), radius, random);
  return { pixels: inked(placed, radius, random), label };
}

/**
 * `count` drawings from number `offset` on: the same numbers are always the same drawings, so that held-out ones are
 * those of other numbers or of another seed. Throws `invalid-parameter` where a number is not whole or negative.
 *
 * @returns images N x 1 x 28 x 28, 0 to 1, white ink on black.
 */
export function digits(seed: number, count: number, offset = 0): DataSet {
  for (const [name, value] of Object.entries({ count, offset })) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw new ConvscopeError('invalid-parameter', `${name} of digits`, {
      got: String(value),
      wanted: 'a whole number from 0 on',
    });
  }
  const images = new Float32Array(count * PIXELS);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const { pixels, label } = drawDigit(seed, offset + row);
    images.set(pixels, row * PIXELS);
    labels[row] = label;
  }
  return {
    name: 'digits',
    images: float32Tensor([count, 1, DIGIT_SIZE, DIGIT_SIZE], images),
    labels: int32Tensor([count], labels),
    classNames: Array.from({ length: CLASSES }, (_, digit) => String(digit)),
  };
}

/** The same stroke with unsteady points. */
function wobbled({ path, points }: Stroke, random: Random): Stroke {
  return { path, points: points.map(([x, y]) => [x + 0.032 * random.bell(), y + 0.026 * random.bell()]) };
}

/** Bent, narrowed, slanted and turned, about the middle of the box. */
function handwritten(paths: readonly Point[][], random: Random): Point[][] {
  const width = random.uniform(0.5, 0.95);
  const slant = 0.16 * random.bell() + 0.08;
  const bendX = 0.1 * random.bell();
  const bendY = 0.06 * random.bell();
  const topHeavy = 0.1 * random.bell();
  // A rotation by 2 arctan(t), written without sine and cosine: up to 17 degrees, mostly below 6.
  const t = 0.045 * random.bell();
  const cosine = (1 - t * t) / (1 + t * t);
  const sine = (2 * t) / (1 + t * t);
  return paths.map((path) =>
    path.map(([boxX, boxY]) => {
      const x = boxX - 0.5;
      const y = boxY - 0.5;
      const bentX = (x * (1 - topHeavy * 2 * y) + bendX * (4 * y * y - 0.5)) * width - slant * y;
      const bentY = y + bendY * (4 * x * x - 0.5);
      return [cosine * bentX - sine * bentY, sine * bentX + cosine * bentY];
    }),
  );
}

/** Scaled to a random size in pixels and put near the middle, whole. */
function placedInPicture(paths: readonly Point[][], radius: number, random: Random): Point[][] {
  const points = paths.flat();
  const left = Math.min(...points.map(([x]) => x));
  const right = Math.max(...points.map(([x]) => x));
  const top = Math.min(...points.map(([, y]) => y));
  const bottom = Math.max(...points.map(([, y]) => y));
  const margin = radius + 1.5;
  const scale = Math.min(random.uniform(16, 20.5), DIGIT_SIZE - 2 * margin) / Math.max(right - left, bottom - top);
  const place = (least: number, most: number): number => {
    const half = ((most - least) * scale) / 2;
    const wanted = DIGIT_SIZE / 2 + 1.1 * random.bell();
    const middle = Math.min(Math.max(wanted, margin + half), DIGIT_SIZE - margin - half);
    return middle - (scale * (least + most)) / 2;
  };
  const shiftX = place(left, right);
  const shiftY = place(top, bottom);
  return paths.map((path) => path.map(([x, y]) => [x * scale + shiftX, y * scale + shiftY]));
}

/** The finished picture: the pen's pressure varies along a stroke, the light and a little noise with the drawing. */
function inked(paths: readonly Point[][], radius: number, random: Random): Float32Array {
  const picture = new Float32Array(PIXELS);
  const softness = random.uniform(0.9, 1.5);
  for (const path of paths) {
    const [startPressure, middlePressure, endPressure] = [0, 1, 2].map(() => 1 + 0.1 * random.bell());
    const radiusAt = (part: number): number => {
      const [from = 1, to = 1] = part < 0.5 ? [startPressure, middlePressure] : [middlePressure, endPressure];
      return radius * (from + (to - from) * (part < 0.5 ? 2 * part : 2 * part - 1));
    };
    for (let index = 0; index + 1 < path.length; index++) {
      const from = path[index] ?? [0, 0];
      const to = path[index + 1] ?? [0, 0];
      const fromRadius = radiusAt(index / (path.length - 1));
      const toRadius = radiusAt((index + 1) / (path.length - 1));
      inkPiece(picture, DIGIT_SIZE, { from, to, fromRadius, toRadius }, softness);
    }
  }
  const light = random.uniform(0.82, 1);
  const noise = Math.max(0, random.uniform(-0.04, 0.04));
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const value = (picture[pixel] ?? 0) * light + noise * random.uniform(-1, 1);
    picture[pixel] = Math.round(255 * Math.min(1, Math.max(0, value))) / 255;
  }
  return picture;
}
