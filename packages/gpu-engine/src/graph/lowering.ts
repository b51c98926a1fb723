import type { KernelSignatures } from '../kernels/kernels.gen.ts';
import type { EpilogueForm } from './epilogue.ts';
import type { GraphNode } from './graph.ts';
import type { KernelProblem } from './shared/kernel-problem.ts';
import type { DType, TensorData } from './tensor-data.ts';

export type KernelName = keyof KernelSignatures & string;

/** A tensor as kernels see it: a name that the plan will give memory, and concrete sizes. */
export interface Operand {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly elements: number;
  /** Set where the operand is one chunk of a tensor over the binding limit: rows [start, start + shape[0]) of it. */
  readonly chunk?: { readonly index: number; readonly start: number };
}

/** One dispatch. Threads beyond `threads` must return at once: the grid is rounded up and folded into two dimensions. */
export interface KernelCall {
  readonly kernel: KernelName;
  /** Values for the shader's `// variant` constants. */
  readonly variant?: Readonly<Record<string, number>>;
  readonly uniforms: Readonly<Record<string, number | readonly number[]>>;
  readonly bindings: Readonly<Record<string, Operand>>;
  readonly threads: number;
  /** Estimated floating point operations, by which the plan is cut into submits. */
  readonly operations: number;
  /** What becomes of each result before it is written. Its operands are bound as `epilogue0`, `epilogue1`, … */
  readonly epilogue?: EpilogueForm;
  /**
   * A kernel that does neighbouring calls of this one in one dispatch. It has the same uniforms and bindings, and
   * `places`: for every workgroup where 256 vectors of each of `tensors`, which differ between the calls, begin.
   */
  readonly batched?: { readonly kernel: KernelName; readonly tensors: readonly string[] };
}

/** A {@link KernelCall} checked against the shader's own bindings and uniforms. */
export interface TypedKernelCall<K extends KernelName> extends KernelCall {
  readonly kernel: K;
  readonly uniforms: KernelSignatures[K]['uniforms'];
  readonly bindings: Readonly<Record<KernelSignatures[K]['bindings'], Operand>>;
}

/**
 * A copy of a parameter in another form (re-laid-out, transposed), kept beside it in the ParameterSet and computed
 * again only when the parameter's version has changed. Two transforms with one key are the same transform.
 */
export interface Transform {
  readonly key: string;
  readonly shape: readonly number[];
  readonly lower: (source: Operand, result: Operand) => readonly KernelCall[];
  /** Further parameters that `lower` reads. */
  readonly reads?: readonly Operand[];
}

/** What an op sees while it is turned into kernel calls. All sizes are concrete. */
export interface LoweringContext<A> {
  readonly node: GraphNode;
  readonly attributes: A;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  /** `software` adapters run register-only kernels best, `gpu` ones workgroup tiles. */
  readonly adapterClass: AdapterClass;
  /** Invocations of the device's subgroups; undefined where there are none of one size. */
  readonly subgroupSize: number | undefined;
  /** `naive` asks for the one-thread-an-element kernels, by which the fast ones are judged. */
  readonly kernels: 'fast' | 'naive';
  /** The name of the candidate to take: one of the question's, or another where nothing that applies was chosen. */
  readonly choose: (question: KernelQuestion) => string;
  readonly emit: <K extends KernelName>(call: TypedKernelCall<K>) => void;
  /** Memory that lives only while this node runs. */
  readonly scratch: (label: string, shape: readonly number[], dtype?: DType) => Operand;
  /** A table that the host has computed; the plan holds it. Kernels only read it. */
  readonly constant: (label: string, data: TensorData) => Operand;
  /** The transformed copy of an operand: cached where it is a parameter, computed in the plan where it is not. */
  readonly derived: (source: Operand, transform: Transform) => Operand;
  /**
   * The chunks of an operand, in order of rows; the operand itself where it fits one binding, or where one row does not.
   * Kernels may be given whole operands of any size: what is over the limit is bound as several buffers, at some cost.
   */
  readonly chunks: (operand: Operand) => readonly Operand[];
  /** The chunks of an operand as flat tensors, also where they are cut inside of rows; one shape is always cut alike. */
  readonly flatChunks: (operand: Operand) => readonly Operand[];
}

/** A problem of which a kernel has to be chosen. */
export interface KernelQuestion {
  /** The problem as text, by which choices are found. */
  readonly key: string;
  readonly problem: KernelProblem;
  /** Names of the kernels that give a right result. */
  readonly candidates: readonly string[];
  /** Those of them that may be the fastest, and the usual one. */
  readonly hopeful: readonly string[];
  /** The one that the shipped table takes on this class of adapter. */
  readonly usual: string;
}

/** Chosen kernels: names of candidates by the keys of problems. */
export type KernelChoices = ReadonlyMap<string, string>;

export type AdapterClass = 'software' | 'gpu';
