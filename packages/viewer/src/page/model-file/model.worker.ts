import { fileAt } from './dropped-files.ts';
import { buffersOf, parseModel, WeightFiles } from './parse-model.ts';
import type { ModelReply, ModelRequest } from './open-model-file.ts';

/** What this module uses of its global scope, which TypeScript's `dom` library takes for a window. */
interface WorkerScope {
  addEventListener: (name: 'message', listener: (event: MessageEvent<ModelRequest>) => void) => void;
  postMessage: (message: ModelReply, transfer: Transferable[]) => void;
}

/** Reads files at once, as only workers may; TypeScript's `dom` library does not have it. */
declare class FileReaderSync {
  readAsArrayBuffer(file: Blob): ArrayBuffer;
}

const scope = globalThis as unknown as WorkerScope;

/** The largest file of weights that is read. */
const MOST_BYTES = 2 ** 30;

scope.addEventListener('message', ({ data: { bytes, fileName, beside } }) => {
  const reader = new FileReaderSync();
  const weights = new WeightFiles((location) => {
    const file = fileAt(location, beside);
    return file === undefined || file.size > MOST_BYTES ? undefined : new Uint8Array(reader.readAsArrayBuffer(file));
  });
  try {
    const model = parseModel(bytes, fileName, weights);
    scope.postMessage({ model }, buffersOf(model));
  } catch (error) {
    const { missing } = weights;
    const message = error instanceof Error ? error.message : String(error);
    scope.postMessage({ message: missing.length === 0 ? message : weights.advice(fileName), missing }, []);
  }
});
