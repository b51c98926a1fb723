import { ModelFormatError } from './errors.ts';

/** What the markers before the picture data say (ITU-T T.81, annex B). */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** Exif's tag 0x0112: 1 is upright, 2 to 8 are the mirrored and turned ones. */
  readonly orientation: number;
  /** The number of scans: one a picture, or about ten where it is progressive. */
  readonly scans: number;
  /** Bytes of entropy-coded data in all scans. */
  readonly codedBytes: number;
  /** The bytes that the shortest codes for this size take: less cannot hold the picture. */
  readonly leastCodedBytes: number;
}

/** Walks over a JPEG file's markers, without decoding. Throws ModelFormatError. */
export function readJpegHeader(bytes: Uint8Array, file: string): JpegHeader {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new ModelFormatError(file, 'not a JPEG picture');
  let size: Pick<JpegHeader, 'width' | 'height' | 'leastCodedBytes'> | undefined;
  let codedBytes = 0;
  let orientation = 1;
  let scans = 0;
  let isComplete = false;
  let position = 2;
  while (position + 2 <= bytes.length) {
    const marker = markerAt(bytes, position);
    if (marker === undefined) {
      position++;
      if (scans > 0) codedBytes++;
      continue;
    }
    if (marker === 0xd9) {
      isComplete = true;
      break;
    }
    const length = readUint16(bytes, position + 2);
    const content = bytes.subarray(position + 4, position + 2 + length);
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (marker > 0xc2) {
        const wanted = 'baseline, extended or progressive';
        throw new ModelFormatError(file, 'this kind of JPEG is not read', {
          offset: position,
          got: `SOF${marker - 0xc0}`,
          wanted,
        });
      }
      if (size !== undefined)
        throw new ModelFormatError(file, 'a second picture begins inside the first', { offset: position });
      size = frameSize(content, marker === 0xc2);
    } else if (marker === 0xe1 && scans === 0) {
      orientation = exifOrientation(content) ?? orientation;
    } else if (marker === 0xda) {
      scans++;
    }
    position += 2 + length;
  }
  if (size === undefined || scans === 0 || !isComplete) {
    throw new ModelFormatError(file, 'the JPEG file is cut off', { wanted: 'frame header, scan and end marker' });
  }
  return { ...size, orientation, scans, codedBytes };
}

/** The marker that begins here. In entropy-coded data, between the segments, 0xff is followed by 0 or a restart marker. */
export function markerAt(bytes: Uint8Array, position: number): number | undefined {
  const marker = bytes[position + 1] ?? 0;
  const isMarker = bytes[position] === 0xff && marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd8);
  return isMarker ? marker : undefined;
}

/** What a frame header says (T.81, B.2.2), unchecked: 0 where it is cut off. */
export function readFrame(content: Uint8Array) {
  const components = Array.from({ length: content[5] ?? 0 }, (_, index) => {
    const [id = 0, factors = 0, quantization = 0] = content.subarray(6 + 3 * index, 9 + 3 * index);
    return { id, across: factors >> 4, down: factors & 15, quantization };
  });
  return { height: readUint16(content, 1), width: readUint16(content, 3), components };
}

/**
 * A frame's size. Every block of 8x8 samples of every component has a code for its mean, of one bit at least, and in
 * sequential pictures another one for its end; progressive ones end many blocks by one code.
 */
function frameSize(content: Uint8Array, isProgressive: boolean) {
  const { height, width, components } = readFrame(content);
  const mostAcross = Math.max(1, ...components.map(({ across }) => across));
  const mostDown = Math.max(1, ...components.map(({ down }) => down));
  const blocks = components.reduce(
    (sum, { across, down }) =>
      sum + Math.ceil((width * across) / mostAcross / 8) * Math.ceil((height * down) / mostDown / 8),
    0,
  );
  return { width, height, leastCodedBytes: Math.floor((blocks * (isProgressive ? 1 : 2)) / 8) };
}

export function readUint16(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) * 256 + (bytes[offset + 1] ?? 0);
}

/** The orientation in an APP1 segment (Exif 2.32, section 4.6.4), undefined where there is none that makes sense. */
function exifOrientation(content: Uint8Array): number | undefined {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0];
  if (exif.some((byte, index) => content[index] !== byte) || content.length < 14) return undefined;
  const tiff = new DataView(content.buffer, content.byteOffset + 6, content.length - 6);
  const littleEndian = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, littleEndian);
  if (directory + 2 > tiff.byteLength) return undefined;
  const count = tiff.getUint16(directory, littleEndian);
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + 12 * index;
    if (entry + 12 > tiff.byteLength) return undefined;
    if (tiff.getUint16(entry, littleEndian) !== 0x0112) continue;
    const orientation = tiff.getUint16(entry + 8, littleEndian);
    return orientation >= 1 && orientation <= 8 ? orientation : undefined;
  }
  return undefined;
}
