import type { GpuDevice } from '@convscope/gpu-engine';
import type { Contender } from './measure.ts';

export interface SuiteContext {
  /** The engine's device; TensorFlow.js has one of its own on the same adapter. */
  readonly device: GpuDevice;
  readonly batch: number;
}

/** Two numbers that would be equal if both sides did the same work. */
export interface Check {
  readonly what: string;
  readonly difference: number;
  readonly tolerance: number;
}

/** Contenders that do the same work on the same numbers; ratios are given to the first. */
export interface Case {
  readonly name: string;
  readonly contenders: readonly Contender[];
}

export interface PreparedSuite {
  readonly checks: readonly Check[];
  readonly cases: readonly Case[];
  readonly dispose: () => void;
}

/** A benchmark: a file of `suites/`, listed in main.ts. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  readonly batch: { readonly full: number; readonly quick: number };
  readonly prepare: (context: SuiteContext) => Promise<PreparedSuite>;
}
