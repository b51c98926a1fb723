import type { Model } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { readFile } from '../../shared/read-bytes.ts';
import { TrustedWorker as Worker } from '../../shared/trusted-worker.ts';

export interface ModelRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fileName: string;
  /** Files that came with it: of these, what the model names is read. */
  readonly beside: readonly File[];
}

export type ModelReply = { readonly model: Model } | { readonly message: string };

const MOST_BYTES = 2 ** 30;

/**
 * Reads a model file in a worker of its own, which the signal ends whatever it is doing: the page stays alive, and a
 * file made to keep readers busy costs no more than a click. Throws `invalid-file` with the reader's words, or
 * `cancelled`.
 *
 * @param beside files that were dropped with it: weights that lie outside of the model's file are looked for here.
 */
export async function openModelFile(file: File, signal: AbortSignal, beside: readonly File[] = []): Promise<Model> {
  const bytes = await readFile(file, file.name, MOST_BYTES);
  if (signal.aborted) throw cancelled();
  const worker = new Worker(new URL('./model.worker.js', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<ModelReply>) => {
        if ('model' in data) resolve(data.model);
        else reject(new ConvscopeError('invalid-file', data.message));
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(new ConvscopeError('invalid-file', `${file.name} could not be read`, { got: event.message }));
      });
      signal.addEventListener('abort', () => reject(cancelled()));
      const request: ModelRequest = { bytes, fileName: file.name, beside };
      worker.postMessage(request, [bytes.buffer]);
    });
  } finally {
    worker.terminate();
  }
}

function cancelled(): ConvscopeError {
  return new ConvscopeError('cancelled', 'the model was not opened');
}
