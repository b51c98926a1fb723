import { ConvscopeError } from '@convscope/gpu-engine/graph';

const MOST_BYTES = 2 ** 30;

/** Fetches a file with progress; the name is the last part of the address. Throws `invalid-file` or `cancelled`. */
export async function fetchFile(
  address: string,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (bytes: number, of: number) => void },
): Promise<File> {
  const name = decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? '') || 'model';
  try {
    const response = await fetch(address, { signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok) throw failed(name, `the server’s answer ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0);
    if (total > MOST_BYTES) throw failed(name, `${total} bytes`, `at most ${MOST_BYTES}`);
    const reader = response.body?.getReader();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done || value === undefined) break;
      parts.push(value);
      size += value.length;
      if (size > MOST_BYTES) {
        await reader?.cancel();
        throw failed(name, `more than ${MOST_BYTES} bytes`);
      }
      onProgress(size, total);
    }
    return new File(parts, name);
  } catch (error) {
    if (signal.aborted) throw new ConvscopeError('cancelled', 'the model was not fetched', {}, { cause: error });
    if (error instanceof ConvscopeError) throw error;
    const words = 'could not be fetched: the address may be wrong, or its server does not let other pages read it';
    throw new ConvscopeError('invalid-file', `${name} ${words}`, {}, { cause: error });
  }
}

function failed(name: string, got: string, wanted?: string): ConvscopeError {
  return new ConvscopeError('invalid-file', `${name} could not be fetched`, {
    got,
    ...(wanted === undefined ? {} : { wanted }),
  });
}
