import { ModelFormatError } from './errors.ts';
import { readJpeg } from './jpeg.ts';
import { type Picture } from './picture.ts';
import { readPng } from './png.ts';

/** Decodes a PNG or JPEG picture; the kind is told from its first bytes, not from its name. Throws ModelFormatError. */
export function decodePicture(bytes: Uint8Array, fileName: string): Picture {
  const kind = PICTURE_KINDS.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte));
  switch (kind?.name) {
    case 'PNG':
      return readPng(bytes, fileName);
    case 'JPEG':
      return readJpeg(bytes, fileName);
    default:
      throw new ModelFormatError(fileName, 'not a picture that is read', {
        got: kind?.name ?? (bytes.length === 0 ? 'an empty file' : 'unknown content'),
        wanted: 'PNG or JPEG',
      });
  }
}

const PICTURE_KINDS: readonly { readonly name: string; readonly magic: readonly number[] }[] = [
  { name: 'PNG', magic: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'JPEG', magic: [0xff, 0xd8, 0xff] },
  { name: 'GIF', magic: [0x47, 0x49, 0x46, 0x38] },
  { name: 'WebP or another RIFF file', magic: [0x52, 0x49, 0x46, 0x46] },
  { name: 'BMP', magic: [0x42, 0x4d] },
  { name: 'TIFF', magic: [0x49, 0x49, 0x2a, 0x00] },
  { name: 'TIFF', magic: [0x4d, 0x4d, 0x00, 0x2a] },
];
