import { ModelFormatError } from './errors.ts';

/** A picture as pages and PNG encoders want it: RGBA, 8 bits a channel, rows from the top, alpha not premultiplied. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** height * width * 4 bytes. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** The largest picture that is decoded: 64 megapixels. Checked against the header, before anything is allocated. */
export const MOST_PIXELS = 64 * 1024 * 1024;

/** Throws where a header names an empty or a too large picture. */
export function checkPictureSize(width: number, height: number, file: string): void {
  if (width < 1 || height < 1 || width * height > MOST_PIXELS) {
    throw new ModelFormatError(file, 'the picture is empty or too large', {
      field: 'size',
      got: `${width}x${height}`,
      wanted: `1 to ${MOST_PIXELS} pixels`,
    });
  }
}
