import type { Preprocessing } from '@convscope/formats';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { askWorker } from '../../shared/ask-worker.ts';
import { TrustedWorker as Worker } from '../../shared/trusted-worker.ts';
import { readInputFile, type DecodeOptions } from './read-input-file.ts';

export interface DecodeRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fileName: string;
  readonly preprocessing: Preprocessing;
}

export type DecodeReply = { readonly tensor: TensorData<'float32'> } | { readonly message: string };

/**
 * Decodes a file in a worker of its own, which the signal ends whatever it is doing.
 * Throws `invalid-file` with the reader's words, or `cancelled`.
 */
export async function decodeFile(
  file: File,
  preprocessing: Preprocessing,
  options: DecodeOptions,
): Promise<TensorData<'float32'>> {
  const bytes = await readInputFile(file, options);
  const { signal, onProgress } = options;
  const worker = new Worker(new URL('./decode.worker.js', import.meta.url), { type: 'module' });
  const request: DecodeRequest = { bytes, fileName: file.name, preprocessing };
  const reply = await askWorker<DecodeReply>(
    worker,
    { request, transfer: [bytes.buffer] },
    { signal, failure: `${file.name} could not be decoded`, cancelled: 'cancelled by another input' },
  );
  onProgress(1);
  if ('tensor' in reply) return reply.tensor;
  throw new ConvscopeError('invalid-file', reply.message);
}
