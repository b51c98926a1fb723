import type { Preprocessing } from '@convscope/formats';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { TrustedWorker as Worker } from '../../shared/trusted-worker.ts';

export interface DecodeRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fileName: string;
  readonly preprocessing: Preprocessing;
}

export type DecodeReply = { readonly tensor: TensorData<'float32'> } | { readonly message: string };

const MOST_BYTES = 64 * 2 ** 20;

/**
 * Decodes a file in a worker of its own, which the signal ends whatever it is doing.
 * Throws `invalid-file` with the reader's words, or `cancelled`.
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
  const worker = new Worker(new URL('./decode.worker.js', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<DecodeReply>) => {
        onProgress(1);
        if ('tensor' in data) resolve(data.tensor);
        else reject(new ConvscopeError('invalid-file', data.message));
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(new ConvscopeError('invalid-file', `${file.name} could not be decoded`, { got: event.message }));
      });
      signal.addEventListener('abort', () => reject(new ConvscopeError('cancelled', 'cancelled by another input')));
      const request: DecodeRequest = { bytes, fileName: file.name, preprocessing };
      worker.postMessage(request, [bytes.buffer]);
    });
  } finally {
    worker.terminate();
  }
}
