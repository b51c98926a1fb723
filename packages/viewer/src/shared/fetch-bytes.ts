import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { readStream } from './read-bytes.ts';

/** Larger files are refused before they are held in memory. */
const MOST_FETCHED_BYTES = 2 ** 30;

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes so far, and all of them where the server says how many there are. */
  readonly onProgress?: ((bytes: number, of: number | undefined) => void) | undefined;
  /** Fewer than `MOST_FETCHED_BYTES`. */
  readonly most?: number;
}

/** A file's bytes, without cookies or a referrer. Throws `invalid-file` in plain words, or `cancelled`. */
export async function fetchBytes(address: URL, options: FetchOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, onProgress, most = MOST_FETCHED_BYTES } = options;
  const name = nameOfAddress(address);
  const tooLarge = (got: string): ConvscopeError =>
    new ConvscopeError('invalid-file', `${name} is too large`, { got, wanted: `at most ${most} bytes` });
  try {
    const response = await fetch(address, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...(signal === undefined ? {} : { signal }),
    });
    if (!response.ok || response.body === null) {
      throw new ConvscopeError('invalid-file', `${name} could not be fetched`, {
        got: `the server’s answer ${response.status}`,
      });
    }
    const said = Number(response.headers.get('content-length') ?? 0);
    if (said > most) throw tooLarge(`${said} bytes`);
    // What is counted is what was unpacked, which the header does not speak of.
    const of = said > 0 && response.headers.get('content-encoding') === null ? said : undefined;
    return await readStream(response.body, {
      most,
      tooLarge: () => tooLarge('more'),
      onProgress: (bytes) => onProgress?.(bytes, of),
    });
  } catch (error) {
    if (signal?.aborted === true) {
      throw new ConvscopeError('cancelled', `${name} was not fetched`, {}, { cause: error });
    }
    if (error instanceof ConvscopeError) throw error;
    const words =
      'could not be fetched: the address may be wrong, its server may not let other pages read it (CORS), or this page’s content policy may not allow it (connect-src)';
    throw new ConvscopeError('invalid-file', `${name} ${words}`, {}, { cause: error });
  }
}

/** The last part of an address's path, for messages and for what its ending says. */
export function nameOfAddress({ protocol, pathname }: URL): string {
  if (protocol === 'data:' || protocol === 'blob:') return `a ${protocol.slice(0, -1)} address`;
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || 'the file';
  } catch {
    return last;
  }
}
