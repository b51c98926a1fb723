import { fetchBytes, nameOfAddress, type FetchOptions } from '../shared/fetch-bytes.ts';

/** Whether an address is on the server that this page comes from. */
export function isOwnServer(address: string): boolean {
  return new URL(address).origin === location.origin;
}

/** Fetches files that a model at an address names, which lie in its folder; nothing where one is not there. */
export function fetchBeside(model: string, signal: AbortSignal): (location: string) => Promise<File | undefined> {
  return async (location) => {
    const path = location.split('/').map(encodeURIComponent).join('/');
    try {
      return await fetchFile(new URL(path, model).href, { signal });
    } catch (error) {
      if (signal.aborted) throw error;
      return undefined;
    }
  };
}

/** Fetches a file; its name is the last part of the address. Throws `invalid-file` or `cancelled`. */
export async function fetchFile(address: string, options: FetchOptions): Promise<File> {
  const url = new URL(address);
  return new File([await fetchBytes(url, options)], nameOfAddress(url));
}
