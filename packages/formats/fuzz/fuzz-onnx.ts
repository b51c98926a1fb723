import { ModelFormatError } from '../src/errors.ts';
import { inspectOnnx } from '../src/onnx/inspect-onnx.ts';
import { readOnnx } from '../src/onnx/read-onnx.ts';
import { memoryOf } from './memory.ts';
import { mutant } from './mutate.ts';

export interface FuzzReport {
  readonly read: number;
  readonly refused: number;
  /** Mutants that broke a rule: seed, and what happened. */
  readonly broken: readonly { readonly seed: number; readonly what: string }[];
  readonly slowestMilliseconds: number;
  /** The most that reading one mutant took. */
  readonly mostBytes: number;
}

const LONGEST = 1000;
/**
 * Reads `count` mutants of the files: each is read or refused with a ModelFormatError, in at most a second (a slow one is
 * read again: the machine may be busy), in at most eight times its bytes plus 64 MiB.
 */
export function fuzzOnnx(files: readonly Uint8Array[], first: number, count: number): FuzzReport {
  let read = 0;
  let slowest = 0;
  let mostBytes = 0;
  const broken: { readonly seed: number; readonly what: string }[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const bytes = mutant(files[seed % files.length] as Uint8Array, Math.floor(seed / files.length));
    const attempt = () => timed(() => (seed % 3 === 0 ? inspectOnnx(bytes, 'mutant') : readOnnx(bytes, 'mutant')));
    let result: Attempt = { time: Infinity, thrown: undefined };
    const memory = memoryOf(bytes.length, () => {
      result = attempt();
    });
    const { thrown } = result;
    const time = result.time <= LONGEST ? result.time : Math.min(...Array.from({ length: 2 }, () => attempt().time));
    if (thrown === undefined) read++;
    else if (!(thrown instanceof ModelFormatError)) broken.push({ seed, what: describe(thrown) });
    if (time > LONGEST) broken.push({ seed, what: `took ${Math.round(time)} ms` });
    if (memory.isOver) broken.push({ seed, what: `took ${memory.bytes} bytes for a file of ${bytes.length}` });
    slowest = Math.max(slowest, time);
    mostBytes = Math.max(mostBytes, memory.bytes);
  }
  return { read, refused: count - read, broken, slowestMilliseconds: slowest, mostBytes };
}

interface Attempt {
  readonly time: number;
  readonly thrown: unknown;
}

/** How long it took, and what it threw. */
function timed(read: () => void): Attempt {
  const start = performance.now();
  try {
    read();
    return { time: performance.now() - start, thrown: undefined };
  } catch (thrown) {
    return { time: performance.now() - start, thrown };
  }
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
