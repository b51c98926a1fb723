import { decodeInput } from './decode-input.ts';
import type { DecodeReply, DecodeRequest } from './decode-file.ts';

/** What this module uses of its global scope, which TypeScript's `dom` library takes for a window. */
interface WorkerScope {
  addEventListener: (name: 'message', listener: (event: MessageEvent<DecodeRequest>) => void) => void;
  postMessage: (message: DecodeReply, transfer: Transferable[]) => void;
}

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('message', ({ data: { bytes, fileName, preprocessing } }) => {
  try {
    const tensor = decodeInput(bytes, fileName, preprocessing);
    scope.postMessage({ tensor }, [tensor.data.buffer]);
  } catch (error) {
    scope.postMessage({ message: error instanceof Error ? error.message : String(error) }, []);
  }
});
