import type { Preprocessing } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { decodeInput } from '../elements/image-input/decode-input.ts';
import { readInputFile, type DecodeOptions } from '../elements/image-input/read-input-file.ts';

/**
 * Takes the place of `elements/image-input/decode-file.ts` in the one file for a script tag: a page may not start a
 * worker from another origin, so files are decoded on this thread. Throws `invalid-file`, `invalid-tensor`, `cancelled`.
 */
export async function decodeFile(
  file: File,
  preprocessing: Preprocessing,
  options: DecodeOptions,
): Promise<TensorData<'float32'>> {
  const bytes = await readInputFile(file, options);
  const tensor = decodeInput(bytes, file.name, preprocessing);
  options.onProgress(1);
  return tensor;
}
