import { ConvscopeError } from '@convscope/gpu-engine/graph';

/**
 * A worker's one answer, after which it ends; the signal ends it whatever it is doing. Throws `invalid-file` where the
 * worker itself fails, and what `cancelled` gives.
 *
 * @param failure what is said where the worker itself fails
 */
export async function askWorker<Reply>(
  worker: Worker,
  { request, transfer = [] }: { readonly request: unknown; readonly transfer?: Transferable[] },
  {
    signal,
    failure,
    cancelled,
  }: { readonly signal: AbortSignal; readonly failure: string; readonly cancelled: string },
): Promise<Reply> {
  try {
    return await new Promise<Reply>((resolve, reject) => {
      const cancel = (): void => reject(new ConvscopeError('cancelled', cancelled));
      worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => resolve(data));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(new ConvscopeError('invalid-file', failure, { got: event.message }));
      });
      if (signal.aborted) cancel();
      signal.addEventListener('abort', cancel);
      worker.postMessage(request, transfer);
    });
  } finally {
    worker.terminate();
  }
}
