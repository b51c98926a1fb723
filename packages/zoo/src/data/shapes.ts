import { ConvscopeError, float32Tensor, int32Tensor, Random, type TensorData } from '@convscope/gpu-engine';
import { type DataSet } from './data-set.ts';
import { OUTLINES, type Outline } from './shape-outlines.ts';
import { brightness, PALETTE, textureOf, type Rgb, type Texture } from './textures.ts';

/** Width and height of a picture of a shape, in pixels. */
export const SHAPE_SIZE = 64;

const PIXELS = SHAPE_SIZE * SHAPE_SIZE;
const CLASSES = OUTLINES.length;

/** A textured shape on textured ground. */
export interface ShapeDrawing {
  /** 3 x 64 x 64, 0 to 1, each a multiple of 1/255. */
  readonly pixels: Float32Array;
  /** 64 x 64: 1 where the shape is, which alone decides the class, 0 elsewhere. */
  readonly mask: Float32Array;
  /** 0 to 9, in the order of the data set's class names. */
  readonly label: number;
}

/** Labelled pictures with the pixels that decide their classes. */
export interface MaskedDataSet extends DataSet {
  /** N x 1 x H x W: 1 where what decides the class is, 0 elsewhere. */
  readonly masks: TensorData<'float32'>;
}

/**
 * Draws one shape somewhere, turned and sized at random, over ground with distractors: thin strokes and confetti, which
 * say nothing of the class; no more do colours and textures. It depends on `seed` and `index` alone, and on no function
 * whose last bit differs between machines. Of every ten pictures from a multiple of ten on, each class is one.
 */
export function drawShape(seed: number, index: number): ShapeDrawing {
  const order = new Random(seed, Math.floor(index / CLASSES), 3).permutation(CLASSES);
  const label = order[index % CLASSES] ?? 0;
  const random = new Random(seed, index, 4);
  const groundColor = pick(PALETTE, random);
  const ground = textureOf(groundColor, random);
  const distractors = Array.from({ length: 3 + random.below(5) }, () => distractorOn(random));
  const distance = placed(OUTLINES[label]?.distance ?? (() => 1), random);
  const surface = textureOf(contrasting(groundColor, random), random);
  const light: Light = { left: 0.12 * random.bell(), top: 0.12 * random.bell(), noise: random.uniform(0, 0.03) };

  const pixels = new Float32Array(3 * PIXELS);
  const mask = new Float32Array(PIXELS);
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const x = (pixel % SHAPE_SIZE) + 0.5;
    const y = Math.floor(pixel / SHAPE_SIZE) + 0.5;
    let color = ground(x, y);
    for (const { distance: away, texture } of distractors) color = mixed(color, texture, coverage(away(x, y)), x, y);
    // A soft shadow two pixels below sets the shape off where its colour comes close to the ground's.
    const shadow = 0.35 * Math.min(1, Math.max(0, (2 - distance(x - 1, y - 2)) / 4));
    color = [color[0] * (1 - shadow), color[1] * (1 - shadow), color[2] * (1 - shadow)];
    const covered = coverage(distance(x, y));
    color = mixed(color, surface, covered, x, y);
    mask[pixel] = covered >= 0.5 ? 1 : 0;
    const lit = 1 + light.left * (x / SHAPE_SIZE - 0.5) + light.top * (y / SHAPE_SIZE - 0.5);
    color.forEach((value, channel) => {
      const noisy = value * lit + light.noise * random.uniform(-1, 1);
      pixels[channel * PIXELS + pixel] = Math.round(255 * Math.min(1, Math.max(0, noisy))) / 255;
    });
  }
  return { pixels, mask, label };
}

/**
 * `count` pictures from number `offset` on: the same numbers are always the same pictures, so that held-out ones are
 * those of other numbers or of another seed. Throws `invalid-parameter` where a number is not whole or negative.
 *
 * @returns images N x 3 x 64 x 64, 0 to 1, and masks N x 1 x 64 x 64.
 */
export function shapes(seed: number, count: number, offset = 0): MaskedDataSet {
  for (const [name, value] of Object.entries({ count, offset })) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw new ConvscopeError('invalid-parameter', `${name} of shapes`, {
      got: String(value),
      wanted: 'a whole number from 0 on',
    });
  }
  const images = new Float32Array(count * 3 * PIXELS);
  const masks = new Float32Array(count * PIXELS);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const { pixels, mask, label } = drawShape(seed, offset + row);
    images.set(pixels, row * 3 * PIXELS);
    masks.set(mask, row * PIXELS);
    labels[row] = label;
  }
  return {
    name: 'shapes',
    images: float32Tensor([count, 3, SHAPE_SIZE, SHAPE_SIZE], images),
    labels: int32Tensor([count], labels),
    masks: float32Tensor([count, 1, SHAPE_SIZE, SHAPE_SIZE], masks),
    classNames: OUTLINES.map(({ name }) => name),
  };
}

interface Light {
  /** Gain from edge to edge. */
  readonly left: number;
  readonly top: number;
  readonly noise: number;
}

interface Distractor {
  readonly distance: Outline;
  readonly texture: Texture;
}

/** An outline of radius 1 turned, scaled and moved into the picture, whole; distances become pixels. */
function placed(outline: Outline, random: Random): Outline {
  const radius = random.uniform(12, 22);
  const room = radius + 2;
  const centerX = random.uniform(room, SHAPE_SIZE - room);
  const centerY = random.uniform(room, SHAPE_SIZE - room);
  // A rotation by 2 arctan(t), up to 40 degrees, written without sine and cosine.
  const t = random.uniform(-0.36, 0.36);
  const [cosine, sine] = [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)];
  const isMirrored = random.below(2) === 1;
  return (pixelX, pixelY) => {
    const x = (pixelX - centerX) / radius;
    const y = (pixelY - centerY) / radius;
    // Farther out than the shadow reaches, the circle around the outline says enough.
    const beyondCircle = radius * (Math.sqrt(x * x + y * y) - 1);
    if (beyondCircle > 2) return beyondCircle;
    const turned = cosine * x + sine * y;
    return radius * outline(isMirrored ? -turned : turned, cosine * y - sine * x);
  };
}

/** A long thin stroke, or a small crooked piece of confetti. */
function distractorOn(random: Random): Distractor {
  const texture = textureOf(pick(PALETTE, random), random);
  const startX = random.uniform(0, SHAPE_SIZE);
  const startY = random.uniform(0, SHAPE_SIZE);
  const isStroke = random.below(2) === 0;
  const reach = isStroke ? 30 : 3.5;
  const alongX = reach * random.uniform(-1, 1);
  const alongY = reach * random.uniform(-1, 1);
  const halfWidth = isStroke ? random.uniform(0.7, 1.4) : random.uniform(1.5, 2.6);
  const squaredLength = Math.max(alongX * alongX + alongY * alongY, 1e-6);
  const distance: Outline = (x, y) => {
    const part = ((x - startX) * alongX + (y - startY) * alongY) / squaredLength;
    const inside = Math.min(1, Math.max(0, part));
    const awayX = x - startX - inside * alongX;
    const awayY = y - startY - inside * alongY;
    return Math.sqrt(awayX * awayX + awayY * awayY) - halfWidth;
  };
  return { distance, texture };
}

/** A colour of the palette that is clearly brighter or darker than this one. */
function contrasting(color: Rgb, random: Random): Rgb {
  return pick(
    PALETTE.filter((other) => Math.abs(brightness(other) - brightness(color)) > 0.2),
    random,
  );
}

function pick(colors: readonly Rgb[], random: Random): Rgb {
  return colors[random.below(colors.length)] ?? [0, 0, 0];
}

/** How much of a pixel lies inside, from the distance of its centre to the outline. */
function coverage(distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance));
}

function mixed(under: Rgb, over: Texture, part: number, x: number, y: number): Rgb {
  if (part === 0) return under;
  const top = over(x, y);
  return [
    under[0] + part * (top[0] - under[0]),
    under[1] + part * (top[1] - under[1]),
    under[2] + part * (top[2] - under[2]),
  ];
}
