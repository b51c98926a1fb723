import type { AttributeSchema, Attributes, AttributesOf } from './attributes.ts';
import type { Dimension } from './dimension.ts';
import { ConvscopeError } from './errors.ts';
import type { GraphNode, Value } from './graph.ts';
import type { LoweringContext } from './lowering.ts';
import { shapeText, type DType } from './tensor-data.ts';

/** What shape inference sees of a node. `fail` throws `invalid-shape` naming the node and the shapes that came. */
export interface InferContext<A> {
  readonly inputs: readonly Value[];
  readonly attributes: A;
  readonly fail: (message: string, wanted: string) => never;
}

export interface InferredOutput {
  readonly dtype: DType;
  readonly shape: readonly Dimension[];
}

/**
 * What a gradient, or a rule in its place, sees of a forward node. Both may add any nodes to the growing graph,
 * forward ones included; names of the node's own inputs and outputs stay valid in it.
 */
export interface GradientContext<A = Attributes> {
  readonly node: GraphNode;
  readonly attributes: A;
  /** One per output: the cotangent that arrived, or undefined where the output does not matter. */
  readonly cotangents: readonly (string | undefined)[];
  /** One per input: whether anything asks for this input's cotangent. */
  readonly needed: readonly boolean[];
  /** The value's dtype and shape. */
  readonly value: (name: string) => Value;
  /** Adds a node and gives its first output. */
  readonly op: (op: string, inputs: readonly string[], attributes?: Attributes) => string;
  /** Adds a node and gives all its outputs. */
  readonly nodes: (op: string, inputs: readonly string[], attributes?: Attributes) => readonly string[];
}

/** One per input: the name of its cotangent, or undefined where there is none. */
export type Cotangents = readonly (string | undefined)[];

export interface OpDefinition<S extends AttributeSchema = AttributeSchema> {
  readonly name: string;
  /** Port names, for messages. A last name that starts with `...` takes any number of inputs, at least one. */
  readonly inputs: readonly string[];
  /** Suffixes of the outputs; the first one is the node's main output and has the suffix ''. */
  readonly outputs: readonly string[];
  readonly attributes: S;
  /** Positions of the inputs that are int32 (labels, switches, seeds), or 'all' where every dtype passes. Others are float32. */
  readonly integerInputs?: readonly number[] | 'all';
  readonly infer: (context: InferContext<AttributesOf<S>>) => readonly InferredOutput[];
  /** Absent where the op has no derivative (optimisers, labels); an error names the node if one is asked for. */
  readonly gradient?: (context: GradientContext<AttributesOf<S>>) => Cotangents;
  /** Emits the kernel calls that compute the node. Absent for views, which share their input's memory. */
  readonly lower?: (context: LoweringContext<AttributesOf<S>>) => void;
  /** Pairs [input, output] whose kernels update one buffer in place; others find input and output apart. */
  readonly inPlace?: readonly (readonly [input: number, output: number])[];
}

/** Checks an op's definition against its attribute schema; the schema gives `infer`, `gradient` and `lower` their types. */
export function defineOp<const S extends AttributeSchema>(definition: OpDefinition<S>): OpDefinition<S> {
  return definition;
}

/** The error for inputs that do not fit the op. */
export function shapeError(node: string, inputs: readonly Value[], message: string, wanted: string): ConvscopeError {
  const got = inputs.map(({ dtype, shape }) => `${dtype} ${shapeText(shape)}`).join(', ');
  return new ConvscopeError('invalid-shape', message, { node, got, wanted });
}
