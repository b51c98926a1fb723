import { zlibSync } from 'fflate';
import { concatenate } from './concatenate.ts';
import { crc32 } from './crc32.ts';
import { ModelFormatError } from './errors.ts';
import { inflateBounded } from './inflate.ts';
import { checkPictureSize, type Picture } from './picture.ts';
import { filteredLength, pixelsOf, predicted, type PngHeader } from './png-pixels.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Channels and allowed bit depths by colour type (PNG specification, third edition, table 12). */
const COLOUR_TYPES: ReadonlyMap<number, { readonly channels: number; readonly bitDepths: readonly number[] }> =
  /* @__PURE__ */ new Map([
    [0, { channels: 1, bitDepths: [1, 2, 4, 8, 16] }],
    [2, { channels: 3, bitDepths: [8, 16] }],
    [3, { channels: 1, bitDepths: [1, 2, 4, 8] }],
    [4, { channels: 2, bitDepths: [8, 16] }],
    [6, { channels: 4, bitDepths: [8, 16] }],
  ]);

/**
 * Reads a PNG picture: every colour type, bit depth and interlacing, checksums verified. 16-bit samples are rounded to
 * 8 bits; gamma and colour profiles are not applied; of an animation the still picture is read. The header's size is
 * checked against the decompressed data before pixels are allocated. Throws ModelFormatError.
 */
export function readPng(bytes: Uint8Array, fileName: string): Picture {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) throw new ModelFormatError(fileName, 'not a PNG picture');
  const { header, compressed } = readChunks(bytes, fileName);
  const wanted = filteredLength(header);
  const filtered = inflateBounded(zlibContent(compressed, fileName), wanted, fileName, 'IDAT');
  if (filtered.length !== wanted) {
    const got = `${filtered.length} bytes`;
    throw new ModelFormatError(fileName, 'the picture data is cut off', { field: 'IDAT', got, wanted });
  }
  return { width: header.width, height: header.height, data: pixelsOf(header, filtered, fileName) };
}

function readChunks(bytes: Uint8Array, file: string): { header: PngHeader; compressed: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = new Map<string, Uint8Array>();
  const imageData: Uint8Array[] = [];
  let header: PngHeader | undefined;
  let position = SIGNATURE.length;
  for (;;) {
    if (position + 12 > bytes.length) throw new ModelFormatError(file, 'the PNG file is cut off', { offset: position });
    const length = view.getUint32(position);
    const type = String.fromCharCode(...bytes.subarray(position + 4, position + 8));
    const end = position + 8 + length;
    if (end + 4 > bytes.length) {
      throw new ModelFormatError(file, 'the chunk is longer than the file', {
        field: type,
        offset: position,
        got: length,
      });
    }
    if (type === 'IEND') break;
    if (['IHDR', 'PLTE', 'tRNS', 'IDAT'].includes(type)) {
      if (crc32(bytes.subarray(position + 4, end)) !== view.getUint32(end)) {
        throw new ModelFormatError(file, 'the checksum does not fit the content', { field: type, offset: position });
      }
      const content = bytes.subarray(position + 8, end);
      if (header === undefined) header = readHeader(type, content, file);
      else if (type === 'IDAT') imageData.push(content);
      else if (chunks.has(type) || type === 'IHDR')
        throw new ModelFormatError(file, 'the chunk appears twice', { field: type });
      else chunks.set(type, content);
    }
    position = end + 4;
  }
  if (header === undefined || imageData.length === 0)
    throw new ModelFormatError(file, 'no picture data', { wanted: 'IHDR and IDAT' });
  return {
    header: { ...header, ...colours(header, bytes[25] ?? 0, chunks, file) },
    compressed: concatenate(imageData),
  };
}

function readHeader(type: string, content: Uint8Array, file: string): PngHeader {
  if (type !== 'IHDR' || content.length !== 13)
    throw new ModelFormatError(file, 'the file does not begin with a header', { got: type, wanted: 'IHDR' });
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  checkPictureSize(width, height, file);
  const [bitDepth = 0, colourType = 0, compression = 0, filter = 0, interlace = 0] = content.subarray(8);
  const layout = COLOUR_TYPES.get(colourType);
  if (
    layout === undefined ||
    !layout.bitDepths.includes(bitDepth) ||
    compression !== 0 ||
    filter !== 0 ||
    interlace > 1
  ) {
    const got = `colour type ${colourType}, bit depth ${bitDepth}, compression ${compression}, filter ${filter}, interlace ${interlace}`;
    throw new ModelFormatError(file, 'the header names what PNG does not have', { field: 'IHDR', got });
  }
  const { channels } = layout;
  return {
    width,
    height,
    bitDepth,
    channels,
    interlaced: interlace === 1,
    palette: undefined,
    transparency: undefined,
  };
}

function colours(
  header: PngHeader,
  colourType: number,
  chunks: ReadonlyMap<string, Uint8Array>,
  file: string,
): Pick<PngHeader, 'palette' | 'transparency'> {
  const palette = colourType === 3 ? chunks.get('PLTE') : undefined;
  if (
    colourType === 3 &&
    (palette === undefined || palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768)
  ) {
    throw new ModelFormatError(file, 'the palette is missing or damaged', {
      field: 'PLTE',
      got: `${palette?.length ?? 0} bytes`,
    });
  }
  const transparency = chunks.get('tRNS');
  if (transparency !== undefined && colourType !== 3 && transparency.length !== 2 * header.channels) {
    throw new ModelFormatError(file, 'the transparent colour is damaged', {
      field: 'tRNS',
      got: `${transparency.length} bytes`,
    });
  }
  return { palette, transparency };
}

/** The DEFLATE data inside a zlib stream (RFC 1950), whose own checksum PNG's CRCs make superfluous. */
function zlibContent(bytes: Uint8Array, file: string): Uint8Array {
  const [method = 0, flags = 0] = bytes;
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0 || (flags & 32) !== 0) {
    throw new ModelFormatError(file, 'damaged compressed data', { field: 'IDAT' });
  }
  return bytes.subarray(2);
}

/**
 * Writes a picture as an 8-bit PNG: grey or RGB where that loses nothing, RGBA otherwise. The same picture gives the
 * same bytes. Throws `invalid-file` where the data does not fill the picture.
 */
export function writePng(picture: {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}): Uint8Array {
  const { width, height, data } = picture;
  if (width < 1 || height < 1 || data.length !== width * height * 4) {
    const got = `${data.length} bytes for ${width}x${height}`;
    throw new ModelFormatError('PNG', 'the data does not fill the picture', { got, wanted: width * height * 4 });
  }
  const { colourType, channels } = smallestColourType(data);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, colourType], 8);
  const compressed = zlibSync(filteredRows(width, height, data, channels), { level: 6 });
  return concatenate([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', compressed),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Where in an RGBA pixel the written samples are: grey takes red's place. */
function smallestColourType(data: Uint8ClampedArray | Uint8Array): { colourType: number; channels: readonly number[] } {
  let isGrey = true;
  for (let index = 0; index < data.length; index += 4) {
    if (data[index + 3] !== 255) return { colourType: 6, channels: [0, 1, 2, 3] };
    if (isGrey && (data[index] !== data[index + 1] || data[index] !== data[index + 2])) isGrey = false;
  }
  return isGrey ? { colourType: 0, channels: [0] } : { colourType: 2, channels: [0, 1, 2] };
}

/** Rows with, each, the filter of the smallest sum of absolute differences (PNG specification, section 12.7). */
function filteredRows(width: number, height: number, data: ArrayLike<number>, channels: readonly number[]): Uint8Array {
  const distance = channels.length;
  const rowBytes = width * distance;
  const result = new Uint8Array(height * (1 + rowBytes));
  let above = new Uint8Array(rowBytes);
  const candidate = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y++) {
    const row = new Uint8Array(rowBytes);
    for (let index = 0; index < rowBytes; index++) {
      const x = Math.floor(index / distance);
      row[index] = data[4 * (y * width + x) + (channels[index % distance] ?? 0)] ?? 0;
    }
    let least = Infinity;
    for (let filter = 0; filter < 5; filter++) {
      let sum = 0;
      for (let index = 0; index < rowBytes; index++) {
        const left = index < distance ? 0 : (row[index - distance] ?? 0);
        const upLeft = index < distance ? 0 : (above[index - distance] ?? 0);
        const difference = ((row[index] ?? 0) - predicted(filter, left, above[index] ?? 0, upLeft)) & 0xff;
        candidate[index] = difference;
        sum += Math.min(difference, 256 - difference);
      }
      if (sum < least) {
        least = sum;
        result[y * (1 + rowBytes)] = filter;
        result.set(candidate, y * (1 + rowBytes) + 1);
      }
    }
    above = row;
  }
  return result;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let index = 0; index < 4; index++) bytes[4 + index] = type.charCodeAt(index);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}
