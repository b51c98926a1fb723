import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { readFile } from '../../shared/read-bytes.ts';

/** Larger pictures and tensors are refused. */
export const MOST_INPUT_BYTES = 64 * 2 ** 20;

export interface DecodeOptions {
  readonly signal: AbortSignal;
  /** Called with the done part, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/** The first half of decoding a file, wherever the second is done. Throws `invalid-file` or `cancelled`. */
export async function readInputFile(
  file: File,
  { signal, onProgress }: DecodeOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readFile(file, file.name, MOST_INPUT_BYTES);
  if (signal.aborted) throw new ConvscopeError('cancelled', 'cancelled by another input');
  onProgress(0.5);
  return bytes;
}
