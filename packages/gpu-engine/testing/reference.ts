import type { Attributes } from '../src/graph/attributes.ts';
import type { DType } from '../src/graph/tensor-data.ts';

/** A tensor of the references: row-major, and wide enough to hold int32 exactly too. A scalar has shape []. */
export interface Float64Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** What an op computes, written from its definition in plain loops. */
export interface Reference {
  /** All outputs, in the op's order. */
  forward(inputs: readonly Float64Tensor[], attributes: Attributes): Float64Tensor[];
  /**
   * The vector-Jacobian product. Takes one cotangent per output, undefined where it is zero. Gives one gradient per
   * input, undefined where the op is not differentiable (labels, switches, seeds).
   */
  vjp?(
    inputs: readonly Float64Tensor[],
    attributes: Attributes,
    cotangents: readonly (Float64Tensor | undefined)[],
  ): (Float64Tensor | undefined)[];
}

/** An input as the engine takes it. */
export interface OpInput {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** One configuration of an op with its inputs. */
export interface OpCase {
  readonly description: string;
  readonly inputs: readonly OpInput[];
  readonly attributes: Attributes;
}

/** How far a float32 result may be off: `relative` of the largest magnitude in the tensor, plus `absolute`. */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

/** Which values the cases carry. */
export interface CaseOptions {
  /**
   * True keeps every input at least 1e-3 away from kinks and ties, and at moderate magnitudes, for finite differences.
   * False (the default) seeks them: exact zeros, ties, mixed magnitudes.
   */
  readonly smooth?: boolean;
}

/** Everything that is needed to test one op: its reference and any number of cases for it. */
export interface OpSuite {
  readonly op: string;
  /** Where an op has several suites, what this one is about. */
  readonly title?: string;
  readonly reference: Reference;
  /** The dtype of each output. */
  readonly outputs: readonly DType[];
  /** The inputs that have a gradient; 'all' where the number of inputs varies. Empty where there is no vjp. */
  readonly differentiableInputs: readonly number[] | 'all';
  /** The outputs whose cotangent counts. The others (statistics, switches) get none. */
  readonly differentiableOutputs: readonly number[];
  /** Where the default of `compareTensors` does not fit. */
  readonly tolerance?: Tolerance;
  /**
   * `count` distinct cases, the odd ones first. The same seed gives the same cases, and a larger count only appends.
   */
  cases(seed: number, count: number, options?: CaseOptions): Iterable<OpCase>;
}
