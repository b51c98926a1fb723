import { ConvscopeError } from '@convscope/gpu-engine/graph';

/** Where in a file something is wrong. */
export interface FormatErrorDetail {
  /** Byte position in the file. */
  readonly offset?: number;
  /** Field of the format, or name of the entry or tensor concerned. */
  readonly field?: string;
  /** Node of a model's graph. */
  readonly node?: string;
  readonly got?: string | number;
  readonly wanted?: string | number;
}

/** A file that cannot be read. The message is one line: file, field, byte, what is wrong, what came, what was wanted. */
export class ModelFormatError extends ConvscopeError {
  readonly file: string;
  readonly offset: number | undefined;
  readonly field: string | undefined;

  constructor(file: string, message: string, detail: FormatErrorDetail = {}, options?: ErrorOptions) {
    const { offset, field, node, got, wanted } = detail;
    const place = [plainText(file)];
    if (field !== undefined) place.push(plainText(field));
    if (offset !== undefined) place.push(`byte ${offset}`);
    super(
      'invalid-file',
      `${place.join(', ')}: ${message}`,
      {
        ...(node === undefined ? {} : { node: plainText(node) }),
        ...(got === undefined ? {} : { got: plainText(String(got)) }),
        ...(wanted === undefined ? {} : { wanted: plainText(String(wanted)) }),
      },
      options,
    );
    this.name = 'ModelFormatError';
    this.file = file;
    this.offset = offset;
    this.field = field;
  }
}

const LONGEST_TEXT = 160;

/** Text from a file made fit for one line of an error: control characters become `?`, and length is limited. */
export function plainText(text: string): string {
  const shortened = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return shortened.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?');
}

/** The message of anything that was thrown. */
export function reasonOf(thrown: unknown): string {
  return plainText(thrown instanceof Error ? thrown.message : String(thrown));
}
