import {
  ConvscopeError,
  ops,
  type Attributes,
  type Dimension,
  type GraphBuilder,
  type TensorData,
  type Value,
} from '@convscope/gpu-engine/graph';
import { reasonOf } from '../errors.ts';
import type { ConstantTensor } from './constant-tensor.ts';
import { elementTypeOf, elementTypeText, isFloatType, type ElementType } from './element-type.ts';
import { FoldContext } from './fold/context.ts';
import type { ReadBudget } from './limits.ts';
import { NeedsConcreteBatch, UnsupportedNode } from './import-signals.ts';
import type { NodeAttributes } from './node-attributes.ts';
import type { ValueTable } from './value-table.ts';

/** What a node of the engine's graph takes about; a sum of many values becomes as many. */
const NODE_BYTES = 1024;

/** What is around a node: the names of the graph's outputs, and what may still be computed at load. */
export interface Surroundings {
  readonly outputs: ReadonlySet<string>;
  readonly budget: ReadBudget;
}

/** What an importer sees of a node: attributes, inputs, and ways to add engine nodes for its outputs. */
export class NodeContext {
  readonly attributes: NodeAttributes;
  readonly values: ValueTable;

  readonly #surroundings: Surroundings;

  constructor(attributes: NodeAttributes, values: ValueTable, surroundings: Surroundings) {
    this.attributes = attributes;
    this.values = values;
    this.#surroundings = surroundings;
  }

  /** Whether one of the node's outputs is an output of the graph. */
  isGraphOutput(index: number): boolean {
    return this.#surroundings.outputs.has(this.attributes.node.output[index] ?? '');
  }

  /** The node as fold functions see it. */
  foldContext(): FoldContext {
    return new FoldContext(this.attributes, [], this.#surroundings.budget);
  }

  get opset(): number {
    return this.attributes.opset;
  }

  get builder(): GraphBuilder {
    return this.values.builder;
  }

  get inputCount(): number {
    return this.attributes.node.input.length;
  }

  hasInput(index: number): boolean {
    return (this.attributes.node.input[index] ?? '') !== '';
  }

  hasOutput(index: number): boolean {
    return (this.attributes.node.output[index] ?? '') !== '';
  }

  /** The file's name of an input. Throws where the node has none. */
  inputName(index: number): string {
    const name = this.attributes.node.input[index] ?? '';
    return name === '' ? this.attributes.fail(`input ${index} is missing`) : name;
  }

  /** The graph's value for an input; a constant becomes a parameter or constant of the graph. */
  input(index: number): string {
    return this.values.materialize(this.inputName(index), this.attributes);
  }

  /** Every input that the node has. */
  allInputs(): readonly string[] {
    return this.attributes.node.input.map((_, index) => this.input(index));
  }

  /** Dtype and shape of a value in the graph. */
  value(name: string): Value {
    return this.builder.value(name);
  }

  shape(index: number): readonly Dimension[] {
    return this.values.shapeOf(this.inputName(index), this.attributes);
  }

  /** The input where it is known at load. */
  known(index: number): ConstantTensor | undefined {
    return this.hasInput(index) ? this.values.known(this.inputName(index)) : undefined;
  }

  /** The input, which has to be known at load. */
  constant(index: number): ConstantTensor {
    const tensor = this.known(index);
    if (tensor !== undefined) return tensor;
    if (this.values.symbolic(this.inputName(index)) !== undefined) throw new NeedsConcreteBatch(this.attributes.label);
    const name = this.inputName(index);
    throw new UnsupportedNode(`input ${JSON.stringify(name)} is not known before the network runs`, name);
  }

  /** The numbers of an input that has to be known, or undefined where the node does not have it. */
  numbers(index: number): readonly number[] | undefined {
    return this.hasInput(index) ? Array.from(this.constant(index).data) : undefined;
  }

  /** Integers that old versions have as an attribute and new ones as an input. */
  integers(index: number, attribute: string): readonly number[] | undefined {
    return this.numbers(index) ?? this.attributes.integers(attribute);
  }

  /** Sizes of which some may be symbols. */
  sizes(index: number): readonly Dimension[] {
    return this.values.symbolic(this.inputName(index))?.sizes ?? Array.from(this.constant(index).data);
  }

  /** A shape of numbers alone; a symbol in it says that the graph has to be read again with the batch of its file. */
  concrete(shape: readonly Dimension[]): readonly number[] {
    return shape.map((size) => {
      if (typeof size === 'number') return size;
      throw new NeedsConcreteBatch(this.attributes.label);
    });
  }

  axis(axis: number, rank: number): number {
    const normal = axis < 0 ? axis + rank : axis;
    if (Number.isInteger(normal) && normal >= 0 && normal < rank) return normal;
    return this.attributes.fail('no such axis', axis, `${-rank} to ${rank - 1}`);
  }

  /** Adds an intermediate node and gives its first output. */
  op(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const name = this.values.internalName(`${this.attributes.node.output[0] ?? ''}.${op}`);
    return this.guarded(op, () => this.builder.op(op, inputs, attributes, name));
  }

  /** Like `op`, for nodes of several outputs. */
  nodes(op: string, inputs: readonly string[], attributes: Attributes = {}): readonly string[] {
    const name = this.values.internalName(`${this.attributes.node.output[0] ?? ''}.${op}`);
    return this.guarded(op, () => this.builder.node(op, inputs, attributes, name));
  }

  /** Adds the node that gives an output of the file's node, under the file's name. */
  output(op: string, inputs: readonly string[], attributes: Attributes = {}, index = 0): void {
    const name = this.attributes.node.output[index] ?? '';
    if (name === '') return;
    const outputs = [
      name,
      ...(ops[op as keyof typeof ops]?.outputs.slice(1) ?? []).map((suffix) => `${name}.${suffix}`),
    ];
    const nodeName = this.values.nodeName(index === 0 ? this.attributes.node.name : '', name);
    this.guarded(op, () => this.builder.node(op, inputs, attributes, nodeName, outputs));
    this.values.setComputed(name, this.attributes);
  }

  /** An output that is a value of the graph already. */
  pass(value: string, index = 0): void {
    const name = this.attributes.node.output[index] ?? '';
    if (name === '') return;
    this.guarded('alias', () => this.builder.alias(name, value));
    this.values.setComputed(name, this.attributes);
  }

  /** An output that is an input unchanged, known or not. */
  passInput(inputIndex: number, index = 0): void {
    const known = this.known(inputIndex);
    const name = this.attributes.node.output[index] ?? '';
    if (known !== undefined && name !== '') this.values.setConstant(name, known, true, this.attributes);
    else this.pass(this.input(inputIndex), index);
  }

  /** An output that is known at load. */
  outputConstant(tensor: ConstantTensor, index = 0): void {
    const name = this.attributes.node.output[index] ?? '';
    if (name !== '') this.values.setConstant(name, tensor, false, this.attributes);
  }

  /** A tensor made of a weight (transposed, reshaped), as a parameter named after it. */
  weight(inputIndex: number, suffix: string, tensor: TensorData, trainable = true): string {
    return this.values.parameter(`${this.inputName(inputIndex)}.${suffix}`, tensor, trainable);
  }

  /** An input as a parameter that optimisers leave alone: running statistics. */
  statistic(index: number): string {
    return this.values.materialize(this.inputName(index), this.attributes, false);
  }

  /** A tensor that the file does not hold, as a constant of the graph. */
  madeConstant(stem: string, tensor: TensorData): string {
    const name = this.values.internalName(`${this.attributes.node.output[0] ?? ''}.${stem}`);
    return this.builder.constant(name, tensor);
  }

  /** The engine's dtype for a `TensorProto.DataType`. */
  engineType(code: number): { readonly dtype: 'float32' | 'int32'; readonly type: ElementType } {
    const type = elementTypeOf(code);
    if (type === undefined) return this.unsupported(`element type ${elementTypeText(code)}`);
    return { dtype: isFloatType(type) ? 'float32' : 'int32', type };
  }

  /** The type that `output_dtype` names. */
  integerOutput(fallback: ElementType): ElementType {
    return elementTypeOf(this.attributes.integer('output_dtype', 0)) ?? fallback;
  }

  /** Says that this node cannot be run; reading goes on, so that all such nodes are reported at once. */
  unsupported(reason: string): never {
    throw new UnsupportedNode(reason);
  }

  /** Runs `add`; an op that the engine lacks is unsupported, what the engine refuses is an error of the file. */
  private guarded<Result>(op: string, add: () => Result): Result {
    if (op !== 'alias' && !Object.hasOwn(ops, op)) return this.unsupported(`there is no op ${op}`);
    const { budget } = this.#surroundings;
    budget.bytes -= NODE_BYTES;
    if (budget.bytes < 0) this.attributes.fail('the nodes of this network would take too much memory');
    try {
      return add();
    } catch (thrown) {
      if (!(thrown instanceof ConvscopeError)) throw thrown;
      return this.attributes.fail(`cannot be read (${reasonOf(thrown)})`);
    }
  }
}

/** Adds the engine's nodes for one node of the file. */
export type Importer = (context: NodeContext) => void;
