import { fetchBytes, nameOfAddress, type FetchOptions } from '../shared/fetch-bytes.ts';

/** Fetches a file; its name is the last part of the address. Throws `invalid-file` or `cancelled`. */
export async function fetchFile(address: string, options: FetchOptions): Promise<File> {
  const url = new URL(address);
  return new File([await fetchBytes(url, options)], nameOfAddress(url));
}
