import { decode } from 'jpeg-js';
import { ModelFormatError, reasonOf } from './errors.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { skimJpeg } from './jpeg-skim.ts';
import { checkPictureSize, type Picture } from './picture.ts';

const MOST_SCANS = 100;
const MOST_MEGABYTES = 2048;

/**
 * Reads a baseline or progressive JPEG picture and turns it upright as its Exif orientation says. Colour profiles are
 * not applied. A header that promises more pixels than the file can hold is refused before anything is allocated, and so
 * is picture data that is damaged.
 * Throws ModelFormatError.
 */
export function readJpeg(bytes: Uint8Array, fileName: string): Picture {
  const { width, height, orientation, scans, codedBytes, leastCodedBytes } = readJpegHeader(bytes, fileName);
  checkPictureSize(width, height, fileName);
  if (scans > MOST_SCANS)
    throw new ModelFormatError(fileName, 'too many scans', { got: scans, wanted: `at most ${MOST_SCANS}` });
  if (codedBytes < leastCodedBytes) {
    throw new ModelFormatError(fileName, 'the file is too short for its picture', {
      field: 'size',
      got: `${width}x${height} in ${codedBytes} bytes of picture data`,
      wanted: `at least ${leastCodedBytes}`,
    });
  }
  skimJpeg(bytes, fileName);
  try {
    const decoded = decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      maxResolutionInMP: Math.ceil((width * height) / 1e6),
      maxMemoryUsageInMB: MOST_MEGABYTES,
    });
    const data = new Uint8ClampedArray(
      decoded.data.buffer as ArrayBuffer,
      decoded.data.byteOffset,
      decoded.data.length,
    );
    return upright({ width: decoded.width, height: decoded.height, data }, orientation);
  } catch (thrown) {
    throw new ModelFormatError(
      fileName,
      `the JPEG picture cannot be decoded (${reasonOf(thrown)})`,
      {},
      { cause: thrown },
    );
  }
}

/** Turns and mirrors a picture from its stored orientation (1 to 8, Exif 2.32) to upright. */
export function upright(picture: Picture, orientation: number): Picture {
  if (orientation === 1) return picture;
  const { width: sourceWidth, height: sourceHeight } = picture;
  const swapsAxes = orientation >= 5;
  const width = swapsAxes ? sourceHeight : sourceWidth;
  const height = swapsAxes ? sourceWidth : sourceHeight;
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const source = new Uint32Array(picture.data.buffer, picture.data.byteOffset, sourceWidth * sourceHeight);
  const result = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const along = swapsAxes ? y : x;
      const down = swapsAxes ? x : y;
      const sourceX = fromRight ? sourceWidth - 1 - along : along;
      const sourceY = fromBottom ? sourceHeight - 1 - down : down;
      result[y * width + x] = source[sourceY * sourceWidth + sourceX] ?? 0;
    }
  }
  return { width, height, data: new Uint8ClampedArray(result.buffer) };
}
