import type { GpuDevice } from '@convscope/gpu-engine';
import type { Comparison, Contender } from './measure.ts';

/** Two numbers that would be equal if both sides did the same work. */
export interface Check {
  readonly what: string;
  readonly difference: number;
  readonly tolerance: number;
}

/** Contenders that do the same work on the same numbers; ratios are given to the first. */
export interface Case {
  readonly name: string;
  /** Cases of one group have a geometric mean of their ratios. */
  readonly group?: string;
  readonly contenders: readonly Contender[];
}

export interface CaseResult extends Comparison {
  readonly name: string;
  readonly group?: string;
  /** Floating point operations of one run, where they are counted. */
  readonly operations?: number;
}

/** One number to watch. A ratio says how many times longer the peer takes; for everything else less is better. */
export interface Figure {
  readonly name: string;
  readonly unit: 'times' | 'ms' | 'KB' | 'MB' | 'part';
  readonly value: number;
  /** What the project asks for: at least for ratios, at most for everything else. */
  readonly wanted?: number;
}

/** `quick`: sizes so small that it only has to run. `sample`: real sizes, of layers one or two of each kind. */
export type Extent = 'quick' | 'sample' | 'full';

export interface SuiteContext {
  /** The engine's device; TensorFlow.js has one of its own on the same adapter. */
  readonly device: GpuDevice;
  readonly extent: Extent;
  /** Pictures in a batch, where the suite lets one choose. */
  readonly batch: number | undefined;
  /** Floating point operations above which convolution layers are left out. */
  readonly mostOperations: number;
  /** Whether a case of this name was asked for. */
  readonly wants: (name: string) => boolean;
  /** Throws `Disagreement` where the sides differ by more than the tolerance. */
  readonly check: (check: Check) => void;
  /** Times the contenders in turn and records the result. */
  readonly measure: (ofCase: Case, facts?: { readonly operations?: number }) => Promise<CaseResult>;
  /** Records what was measured elsewhere, in a page say. */
  readonly record: (result: CaseResult) => void;
  readonly figure: (figure: Figure) => void;
  /** Most rounds of a case, and the seconds after which it begins no further one. */
  readonly rounds: number;
  readonly seconds: number;
}

/** For suites that need the benchmark’s own folder: they run in Node alone. */
export interface FolderContext extends SuiteContext {
  readonly folder: string;
}

/** A benchmark: a file of `suites/`, which runs in Node and in pages, or of `node/suites/`. */
export interface Suite<Context extends SuiteContext = SuiteContext> {
  readonly name: string;
  readonly title: string;
  /** A sample of this suite has fewer cases than all of it, so it is recorded under a name of its own. */
  readonly isSampled?: boolean;
  /** How many cases it asks about, where none is left out by hand. */
  readonly count: (extent: Extent) => number;
  readonly run: (context: Context) => Promise<void>;
}

/** Both sides were given the same numbers and do not come to the same result, so their times mean nothing. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement';
}

/** The largest difference, as a part of the largest value where that is above 1; NaN where a value is no number. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN;
  let [scale, most] = [1, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] as number, b[index] as number];
    scale = Math.max(scale, Math.abs(x));
    const difference = Math.abs(x - y);
    if (!(difference <= most)) most = difference;
  }
  return most / scale;
}
