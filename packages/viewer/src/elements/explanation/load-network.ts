import { parseLabels, readCheckpoint, withLabels, withPreprocessing, type Model } from '@convscope/formats';
import { loadModel, modelNames } from '@convscope/zoo';
import { fetchBytes, nameOfAddress, type FetchOptions } from '../../shared/fetch-bytes.ts';

/** Which network, and what its file does not say. */
export interface NetworkReference {
  /** A network of the zoo by its name, or the address of an .onnx or .safetensors file. */
  readonly model: string;
  /** A preset's name, for files that do not say how pictures become their input. */
  readonly preprocess: string | undefined;
  /** The address of a text file with one class name a line. */
  readonly labels: string | undefined;
}

const MOST_LABEL_BYTES = 2 ** 24;

/**
 * Fetches and reads a network; addresses are relative to `base`. It is read on this thread: which network that is, the
 * page's author has chosen, not its reader. Throws `invalid-file`, `invalid-parameter`, `unknown-name`, `cancelled`.
 */
export async function loadNetwork(
  { model, preprocess, labels }: NetworkReference,
  base: string,
  options: FetchOptions,
): Promise<Model> {
  let network = await readNetwork(model, base, options);
  if (preprocess !== undefined) network = withPreprocessing(network, preprocess);
  if (labels === undefined) return network;
  const address = new URL(labels, base);
  const bytes = await fetchBytes(address, { signal: options.signal, most: MOST_LABEL_BYTES });
  return withLabels(network, parseLabels(new TextDecoder().decode(bytes), nameOfAddress(address)));
}

async function readNetwork(model: string, base: string, options: FetchOptions): Promise<Model> {
  if (modelNames.includes(model) || !/[./]/.test(model)) {
    return loadModel(model, async (address) => fetchBytes(address, options));
  }
  const address = new URL(model, base);
  const name = nameOfAddress(address);
  const bytes = await fetchBytes(address, options);
  if (/\.safetensors$/i.test(name)) return readCheckpoint(bytes, name);
  // The reader of ONNX files is a third of everything, and most pages show no such file.
  const { readOnnx } = await import('./onnx-reader.ts');
  return readOnnx(bytes, name);
}
