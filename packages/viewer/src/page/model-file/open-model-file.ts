import type { Model } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { askWorker } from '../../shared/ask-worker.ts';
import { readFile } from '../../shared/read-bytes.ts';
import { TrustedWorker as Worker } from '../../shared/trusted-worker.ts';

export interface ModelRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fileName: string;
  /** Files that came with it: of these, what the model names is read. */
  readonly beside: readonly File[];
}

export type ModelReply =
  | { readonly model: Model }
  /** `missing`: files of weights that the model names and that did not come with it. */
  | { readonly message: string; readonly missing: readonly string[] };

const MOST_BYTES = 2 ** 30;
/** Files of weights that are looked for beside one model. */
const MOST_BESIDE = 32;
const CANCELLED = 'the model was not opened';

/**
 * Reads a model file in a worker of its own, which the signal ends whatever it is doing: the page stays alive, and a
 * file made to keep readers busy costs no more than a click. Throws `invalid-file` with the reader's words, or
 * `cancelled`.
 *
 * @param beside files that were dropped with it: weights that lie outside of the model's file are looked for here.
 * @param find gives further ones, by their place in the model's folder.
 */
export async function openModelFile(
  file: File,
  signal: AbortSignal,
  beside: readonly File[] = [],
  find?: (location: string) => Promise<File | undefined>,
): Promise<Model> {
  const files = [...beside];
  for (;;) {
    const reply = await readModel(file, signal, files);
    if ('model' in reply) return reply.model;
    const [location] = reply.missing;
    const isLookedFor = location !== undefined && files.length < MOST_BESIDE;
    const found = isLookedFor ? await find?.(location) : undefined;
    if (found === undefined) throw new ConvscopeError('invalid-file', reply.message);
    files.push(found);
  }
}

async function readModel(file: File, signal: AbortSignal, beside: readonly File[]): Promise<ModelReply> {
  const bytes = await readFile(file, file.name, MOST_BYTES);
  if (signal.aborted) throw new ConvscopeError('cancelled', CANCELLED);
  const worker = new Worker(new URL('./model.worker.js', import.meta.url), { type: 'module' });
  const request: ModelRequest = { bytes, fileName: file.name, beside };
  return askWorker<ModelReply>(
    worker,
    { request, transfer: [bytes.buffer] },
    { signal, failure: `${file.name} could not be read`, cancelled: CANCELLED },
  );
}
