import { ModelFormatError } from './errors.ts';

/** What IHDR, PLTE and tRNS say (PNG specification, third edition, sections 11.2 and 11.3). */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** Samples a pixel in the file: 1 grey or palette index, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: number;
  readonly interlaced: boolean;
  readonly palette: Uint8Array | undefined;
  readonly transparency: Uint8Array | undefined;
}

/** One of Adam7's seven reduced pictures, or the whole picture as the only one. */
interface Pass {
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly columnStep: number;
  readonly rowStep: number;
  readonly width: number;
  readonly height: number;
  readonly rowBytes: number;
}

const ADAM7: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

function passesOf({ width, height, bitDepth, channels, interlaced }: PngHeader): Pass[] {
  return (interlaced ? ADAM7 : [[0, 0, 1, 1] as const])
    .map(([firstColumn, firstRow, columnStep, rowStep]) => {
      const passWidth = Math.ceil((width - firstColumn) / columnStep);
      const passHeight = Math.ceil((height - firstRow) / rowStep);
      const rowBytes = Math.ceil((passWidth * bitDepth * channels) / 8);
      return { firstColumn, firstRow, columnStep, rowStep, width: passWidth, height: passHeight, rowBytes };
    })
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

/** The bytes that the decompressed IDAT data must have: every row with its filter byte. */
export function filteredLength(header: PngHeader): number {
  return passesOf(header).reduce((sum, { height, rowBytes }) => sum + height * (1 + rowBytes), 0);
}

/** RGBA pixels from the decompressed IDAT data, which is changed in place. */
export function pixelsOf(header: PngHeader, filtered: Uint8Array, file: string): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(header.width * header.height * 4);
  const writePixel = pixelWriter(header, pixels, file);
  const distance = Math.max(1, (header.bitDepth * header.channels) >> 3);
  let position = 0;
  for (const pass of passesOf(header)) {
    let above: Uint8Array = new Uint8Array(pass.rowBytes);
    for (let y = 0; y < pass.height; y++) {
      const row = filtered.subarray(position + 1, position + 1 + pass.rowBytes);
      unfilter(filtered[position] ?? 0, row, above, distance, file);
      const target = (pass.firstRow + y * pass.rowStep) * header.width + pass.firstColumn;
      for (let x = 0; x < pass.width; x++) writePixel(row, x, 4 * (target + x * pass.columnStep));
      above = row;
      position += 1 + pass.rowBytes;
    }
  }
  return pixels;
}

/** Undoes one row's filter (section 9.2). `distance` is the number of bytes to the pixel on the left. */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array, distance: number, file: string): void {
  if (filter > 4)
    throw new ModelFormatError(file, 'unknown row filter', { field: 'IDAT', got: filter, wanted: '0 to 4' });
  if (filter === 0) return;
  for (let index = 0; index < row.length; index++) {
    const left = index < distance ? 0 : (row[index - distance] ?? 0);
    const up = above[index] ?? 0;
    const upLeft = index < distance ? 0 : (above[index - distance] ?? 0);
    row[index] = (row[index] ?? 0) + predicted(filter, left, up, upLeft);
  }
}

/** The prediction of the five filter types: none, left, up, average, Paeth. */
export function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const distanceLeft = Math.abs(up - upLeft);
  const distanceUp = Math.abs(left - upLeft);
  const distanceUpLeft = Math.abs(left + up - 2 * upLeft);
  if (distanceLeft <= distanceUp && distanceLeft <= distanceUpLeft) return left;
  return distanceUp <= distanceUpLeft ? up : upLeft;
}

type PixelWriter = (row: Uint8Array, x: number, target: number) => void;

function pixelWriter(header: PngHeader, pixels: Uint8ClampedArray, file: string): PixelWriter {
  const { bitDepth, channels, palette, transparency } = header;
  const largest = 2 ** bitDepth - 1;
  const sample = sampleReader(bitDepth);
  const toByte = (value: number): number => Math.round((value * 255) / largest);
  if (palette !== undefined) {
    const colours = palette.length / 3;
    return (row, x, target) => {
      const index = sample(row, x);
      if (index >= colours) {
        throw new ModelFormatError(file, 'a pixel is beyond the palette', {
          field: 'IDAT',
          got: index,
          wanted: `below ${colours}`,
        });
      }
      pixels.set(palette.subarray(3 * index, 3 * index + 3), target);
      pixels[target + 3] = transparency?.[index] ?? 255;
    };
  }
  const colourChannels = channels < 3 ? 1 : 3;
  const hasAlpha = channels === 2 || channels === 4;
  const clearColour =
    hasAlpha || transparency === undefined ? undefined : clearSamples(transparency, colourChannels, largest);
  return (row, x, target) => {
    let isClear = clearColour !== undefined;
    for (let channel = 0; channel < 3; channel++) {
      const source = colourChannels === 1 ? 0 : channel;
      const value = sample(row, x * channels + source);
      if (isClear && value !== clearColour?.[source]) isClear = false;
      pixels[target + channel] = toByte(value);
    }
    pixels[target + 3] = hasAlpha ? toByte(sample(row, x * channels + channels - 1)) : isClear ? 0 : 255;
  };
}

function sampleReader(bitDepth: number): (row: Uint8Array, index: number) => number {
  if (bitDepth === 8) return (row, index) => row[index] ?? 0;
  if (bitDepth === 16) return (row, index) => (row[2 * index] ?? 0) * 256 + (row[2 * index + 1] ?? 0);
  const mask = 2 ** bitDepth - 1;
  return (row, index) => {
    const bit = index * bitDepth;
    return ((row[bit >> 3] ?? 0) >> (8 - bitDepth - (bit & 7))) & mask;
  };
}

/** The colour that tRNS makes transparent: one 16-bit number a channel, of which the low bits count. */
function clearSamples(transparency: Uint8Array, colourChannels: number, largest: number): number[] {
  return Array.from({ length: colourChannels }, (_, channel) => {
    return ((transparency[2 * channel] ?? 0) * 256 + (transparency[2 * channel + 1] ?? 0)) & largest;
  });
}
