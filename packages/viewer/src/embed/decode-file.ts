import type { Preprocessing } from '@convscope/formats';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { decodeInput } from '../elements/image-input/decode-input.ts';

const MOST_BYTES = 64 * 2 ** 20;

/**
 * Takes the place of `elements/image-input/decode-file.ts` in the one file for a script tag: a page may not start a
 * worker from another origin, so files are decoded on this thread. Throws `invalid-file`, `invalid-tensor`, `cancelled`.
 */
export async function decodeFile(
  file: File,
  preprocessing: Preprocessing,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<TensorData<'float32'>> {
  if (file.size > MOST_BYTES) {
    const detail = { got: `${file.size} bytes`, wanted: `at most ${MOST_BYTES}` };
    throw new ConvscopeError('invalid-file', `${file.name} is too large`, detail);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (signal.aborted) throw new ConvscopeError('cancelled', 'cancelled by another input');
  onProgress(0.5);
  const tensor = decodeInput(bytes, file.name, preprocessing);
  onProgress(1);
  return tensor;
}
