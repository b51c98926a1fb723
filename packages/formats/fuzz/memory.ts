import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoryAllowance } from '../src/onnx/limits.ts';

/**
 * Bytes that V8's heap and typed arrays grew by while `read` ran. Garbage counts until it is collected, so that this is
 * more than was ever alive at once, unless a collection fell into the run; collecting first makes that unlikely.
 */
function growth(read: () => void): number {
  const before = process.memoryUsage();
  read();
  const after = process.memoryUsage();
  return after.heapUsed + after.external - before.heapUsed - before.external;
}

let collect: (() => void) | undefined;

/** Collects garbage; V8 gives the function to contexts made after the flag is set. */
function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}

/**
 * How many bytes reading took, and whether it is more than eight times the file plus 64 MiB. What is over the bound is
 * read again after a collection: the first may have paid for earlier garbage or for compiling.
 */
export function memoryOf(fileBytes: number, read: () => void): { readonly bytes: number; readonly isOver: boolean } {
  const most = memoryAllowance(fileBytes);
  let bytes = growth(read);
  if (bytes > most) {
    collectGarbage();
    bytes = growth(read);
  }
  return { bytes, isOver: bytes > most };
}
