import { buffersOf, parseModel } from './parse-model.ts';
import type { ModelReply, ModelRequest } from './open-model-file.ts';

/** What this module uses of its global scope, which TypeScript's `dom` library takes for a window. */
interface WorkerScope {
  addEventListener: (name: 'message', listener: (event: MessageEvent<ModelRequest>) => void) => void;
  postMessage: (message: ModelReply, transfer: Transferable[]) => void;
}

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('message', ({ data: { bytes, fileName } }) => {
  try {
    const model = parseModel(bytes, fileName);
    scope.postMessage({ model }, buffersOf(model));
  } catch (error) {
    scope.postMessage({ message: error instanceof Error ? error.message : String(error) }, []);
  }
});
