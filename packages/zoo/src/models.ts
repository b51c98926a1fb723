import { readCheckpoint, type Model } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';

/** Where the weights of each model lie, relative to this module. Written out, so that bundlers find the files. */
const ADDRESSES: ReadonlyMap<string, () => URL> = /* @__PURE__ */ new Map([
  ['digits', () => new URL('../weights/digits.safetensors', import.meta.url)],
  ['shapes', () => new URL('../weights/shapes.safetensors', import.meta.url)],
]);

/** The trained models that come with this package. */
export const modelNames: readonly string[] = /* @__PURE__ */ [...ADDRESSES.keys()];

/** Gives the bytes of a file. In Node use `loadModel` of `@convscope/zoo/node`, which reads from the disk. */
export type FetchBytes = (address: URL) => Promise<Uint8Array>;

/** A trained model of this package. Throws `unknown-name`, ModelFormatError, and what `fetchBytes` throws. */
export async function loadModel(name: string, fetchBytes: FetchBytes = fetchFromServer): Promise<Model> {
  return readCheckpoint(await fetchBytes(modelAddress(name)), `${name}.safetensors`);
}

/** Where the weights of a model lie. Throws `unknown-name`. */
export function modelAddress(name: string): URL {
  const address = ADDRESSES.get(name);
  if (address !== undefined) return address();
  throw new ConvscopeError('unknown-name', 'no model of the zoo has this name', {
    got: JSON.stringify(name),
    wanted: modelNames.join(', '),
  });
}

/** The bytes of a file that lies beside the page's own. Throws `invalid-file`. */
export async function fetchFromServer(address: URL): Promise<Uint8Array> {
  const response = await fetch(address);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new ConvscopeError('invalid-file', `${address.pathname} could not be loaded`, { got: `${response.status}` });
}
