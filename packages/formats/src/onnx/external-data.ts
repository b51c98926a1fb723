import { ModelFormatError } from '../errors.ts';
import { type TensorProto } from './schema.gen.ts';

/**
 * Gives the bytes of a file in the model's folder, or undefined where there is none. Locations that leave the folder
 * by their text never get here; whether links are followed is the caller's decision.
 */
export type ExternalData = (location: string) => Uint8Array | undefined;

/** The bytes of a tensor that lie in another file. Throws ModelFormatError for a location outside the model's folder. */
export function externalBytes(tensor: TensorProto, file: string, external: ExternalData | undefined): Uint8Array {
  const field = `tensor ${tensor.name}`;
  const entries = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
  const location = entries.get('location') ?? '';
  if (!isInsideFolder(location)) {
    throw new ModelFormatError(file, 'external data may only lie in the folder of the model', {
      field,
      got: location,
      wanted: 'a relative path without ..',
    });
  }
  const bytes = external?.(location);
  if (bytes === undefined) {
    throw new ModelFormatError(file, 'the file with external data is missing', { field, wanted: location });
  }
  const offset = wholeNumber(entries.get('offset') ?? '0', file, field);
  const length = wholeNumber(entries.get('length') ?? String(Math.max(bytes.length - offset, 0)), file, field);
  if (offset + length > bytes.length) {
    throw new ModelFormatError(file, `the external data ends outside ${location}`, {
      field,
      got: `${offset} + ${length}`,
      wanted: `up to ${bytes.length}`,
    });
  }
  return bytes.subarray(offset, offset + length);
}

/** Relative, of ordinary names only: no root, drive, scheme, backslash, control character or step upwards. */
function isInsideFolder(location: string): boolean {
  if (location === '' || /^[/~]|[\\:\p{Cc}]/u.test(location)) return false;
  return location.split('/').every((part, index) => part !== '..' && (part !== '' || index === 0));
}

function wholeNumber(text: string, file: string, field: string): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new ModelFormatError(file, 'the place of the external data is no number', { field, got: text });
}
