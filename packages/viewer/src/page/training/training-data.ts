import { ConvscopeError } from '@convscope/gpu-engine/graph';
import type { TrainingSets } from '@convscope/zoo';
import type { FolderFile } from './dropped-files.ts';
import { askWorker } from '../../shared/ask-worker.ts';
import { TrustedWorker as Worker } from '../../shared/trusted-worker.ts';

/** Where the pictures come from: drawn by code, or from files of the user's. */
export type DataRequest =
  | { readonly kind: 'digits' | 'shapes'; readonly trainingCount: number; readonly validationCount: number }
  | { readonly kind: 'files'; readonly files: readonly FolderFile[] };

export type DataReply = { readonly sets: TrainingSets } | { readonly message: string };

/**
 * Draws or reads a data set in a worker of its own, which the signal ends whatever it is doing. Throws `invalid-file`
 * with the reader's words, or `cancelled`.
 */
export async function loadTrainingData(request: DataRequest, signal: AbortSignal): Promise<TrainingSets> {
  const worker = new Worker(new URL('./training-data.worker.js', import.meta.url), { type: 'module' });
  const reply = await askWorker<DataReply>(
    worker,
    { request },
    { signal, failure: 'the data set could not be made', cancelled: 'the training was cancelled' },
  );
  if ('sets' in reply) return reply.sets;
  throw new ConvscopeError('invalid-file', reply.message);
}
