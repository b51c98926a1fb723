import { ModelFormatError } from '../src/errors.ts';
import { inspectOnnx } from '../src/onnx/inspect-onnx.ts';
import { readOnnx } from '../src/onnx/read-onnx.ts';
import { mutant } from './mutate.ts';

export interface FuzzReport {
  readonly read: number;
  readonly refused: number;
  /** Mutants that broke a rule: seed, and what happened. */
  readonly broken: readonly { readonly seed: number; readonly what: string }[];
  readonly slowestMilliseconds: number;
}

const LONGEST = 1000;

/** Reads `count` mutants of the files: each is read or refused with a ModelFormatError, in at most a second. */
export function fuzzOnnx(files: readonly Uint8Array[], first: number, count: number): FuzzReport {
  let read = 0;
  let slowest = 0;
  const broken: { readonly seed: number; readonly what: string }[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const bytes = mutant(files[seed % files.length] as Uint8Array, Math.floor(seed / files.length));
    const start = performance.now();
    try {
      if (seed % 3 === 0) inspectOnnx(bytes, 'mutant');
      else readOnnx(bytes, 'mutant');
      read++;
    } catch (thrown) {
      if (!(thrown instanceof ModelFormatError)) broken.push({ seed, what: describe(thrown) });
    }
    const time = performance.now() - start;
    slowest = Math.max(slowest, time);
    if (time > LONGEST) broken.push({ seed, what: `took ${Math.round(time)} ms` });
  }
  return { read, refused: count - read, broken, slowestMilliseconds: slowest };
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
