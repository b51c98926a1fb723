import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { concatenate } from '../concatenate.ts';
import { MOST_PIXELS, type Picture } from '../picture.ts';
import { compressLzw } from './lzw.ts';
import { paletteFor } from './palette.ts';

/** One picture of an animation and how long it is shown. */
export interface GifFrame {
  readonly picture: Picture;
  /** In steps of 10 milliseconds, 20 to 655,350. */
  readonly milliseconds: number;
}

export interface GifOptions {
  /** How often the animation is repeated; 0 for ever, which is the default. */
  readonly loops?: number;
}

const MOST_SIDE = 65_535;

/**
 * An animated GIF (GIF89a) of pictures of one size. All frames share one palette of at most 256 colours: exact where
 * they have no more, by median cut otherwise; there is no dithering, which would flicker. Transparent pixels are laid
 * over white. Throws `invalid-parameter` where there is no frame, they differ in size or are too large together.
 */
export function writeGif(frames: readonly GifFrame[], { loops = 0 }: GifOptions = {}): Uint8Array {
  const { width, height } = sizeOf(frames);
  const packed = frames.map(({ picture }) => opaqueColors(picture));
  const counts = new Map<number, number>();
  for (const colors of packed) for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const { colors, indexOf } = paletteFor(counts);
  const bits = Math.max(2, Math.ceil(Math.log2(colors.length)));
  const table = new Uint8Array(3 << bits);
  colors.forEach((color, index) => table.set([color >> 16, (color >> 8) & 0xff, color & 0xff], 3 * index));
  // Logical screen: a global table of 2^bits colours, 8 bits a channel (sections 18 and 19).
  const parts = [ascii('GIF89a'), words(width, height), Uint8Array.of(0xf0 | (bits - 1), 0, 0), table];
  if (frames.length > 1) {
    parts.push(
      Uint8Array.of(0x21, 0xff, 11),
      ascii('NETSCAPE2.0'),
      Uint8Array.of(3, 1),
      words(loops),
      Uint8Array.of(0),
    );
  }
  packed.forEach((pixels, index) => {
    const delay = Math.round((frames[index]?.milliseconds ?? 0) / 10);
    const indices = Uint8Array.from(pixels, (color) => indexOf.get(color) ?? 0);
    // Graphic control (section 23): the frame stays until the next is drawn over it.
    parts.push(Uint8Array.of(0x21, 0xf9, 4, 1 << 2), words(delay), Uint8Array.of(0, 0));
    parts.push(Uint8Array.of(0x2c), words(0, 0, width, height), Uint8Array.of(0, bits));
    parts.push(...subBlocks(compressLzw(indices, bits)));
  });
  parts.push(Uint8Array.of(0x3b));
  return concatenate(parts);
}

function sizeOf(frames: readonly GifFrame[]): Picture {
  const [first] = frames;
  if (first === undefined) throw new ConvscopeError('invalid-parameter', 'an animation wants at least one picture');
  const { width, height } = first.picture;
  const isSame = frames.every(({ picture }) => picture.width === width && picture.height === height);
  const isSmall = width <= MOST_SIDE && height <= MOST_SIDE && width * height * frames.length <= 4 * MOST_PIXELS;
  const areTimes = frames.every(({ milliseconds }) => milliseconds >= 20 && milliseconds <= 655_350);
  if (isSame && isSmall && areTimes && width > 0 && height > 0) return first.picture;
  const sizes = new Set(frames.map(({ picture }) => `${picture.width}x${picture.height}`));
  throw new ConvscopeError('invalid-parameter', 'the pictures do not make an animation', {
    got: `${frames.length} of ${[...sizes].slice(0, 4).join(', ')}`,
    wanted: 'one size, at most 65535 pixels a side, each shown for 20 to 655350 ms',
  });
}

/** 0xRRGGBB of every pixel, over white. */
function opaqueColors({ data }: Picture): Uint32Array {
  const colors = new Uint32Array(data.length / 4);
  for (let pixel = 0; pixel < colors.length; pixel++) {
    const alpha = (data[4 * pixel + 3] ?? 0) / 255;
    let color = 0;
    for (let channel = 0; channel < 3; channel++) {
      color = (color << 8) | Math.round(255 + ((data[4 * pixel + channel] ?? 0) - 255) * alpha);
    }
    colors[pixel] = color;
  }
  return colors;
}

function subBlocks(bytes: Uint8Array): readonly Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += 255) {
    const block = bytes.subarray(start, start + 255);
    blocks.push(Uint8Array.of(block.length), block);
  }
  return [...blocks, Uint8Array.of(0)];
}

function words(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, value >> 8]));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
