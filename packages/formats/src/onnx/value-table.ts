import { ConvscopeError, GraphBuilder, shapeText, type Dimension, type TensorData } from '@convscope/gpu-engine/graph';
import { reasonOf } from '../errors.ts';
import { engineTensor, type ConstantTensor } from './constant-tensor.ts';
import { isFloatType } from './element-type.ts';
import type { SymbolicSizes } from './fold/symbolic.ts';
import { LONGEST_SIZE_EXPRESSION, MOST_DIMENSIONS } from './limits.ts';
import type { NodeAttributes } from './node-attributes.ts';

type Entry =
  | { readonly kind: 'constant'; readonly tensor: ConstantTensor; readonly isWeight: boolean }
  | { readonly kind: 'sizes'; readonly sizes: SymbolicSizes }
  | { readonly kind: 'computed' }
  /** The result of a node that cannot be run. */
  | { readonly kind: 'unknown' };

/**
 * Everything that the file's names stand for: tensors known at load, shapes with symbols, and values of the growing
 * graph, which go by the same names there. Constants enter the graph only when a node needs them there.
 */
export class ValueTable {
  readonly builder = new GraphBuilder();
  readonly parameters = new Map<string, TensorData>();
  readonly #entries = new Map<string, Entry>();
  readonly #materialized = new Map<string, string>();
  readonly #fileNames: ReadonlySet<string>;
  readonly #nodeNames = new Set<string>();

  readonly #freedBatch: string | undefined;

  /**
   * @param fileNames every name in the file: made-up names stay clear of them.
   * @param freedBatch the symbol that stands for a batch that the file states as 1.
   */
  constructor(fileNames: ReadonlySet<string>, freedBatch: string | undefined) {
    this.#fileNames = fileNames;
    this.#freedBatch = freedBatch;
  }

  /** Whether a size is the batch of a file that was exported for one picture, and is read for any number. */
  isFreedBatch(size: Dimension | undefined): boolean {
    return size !== undefined && size === this.#freedBatch;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  isUnknown(name: string): boolean {
    return this.#entries.get(name)?.kind === 'unknown';
  }

  known(name: string): ConstantTensor | undefined {
    const entry = this.#entries.get(name);
    return entry?.kind === 'constant' ? entry.tensor : undefined;
  }

  isWeight(name: string): boolean {
    const entry = this.#entries.get(name);
    return entry?.kind === 'constant' && entry.isWeight;
  }

  symbolic(name: string): SymbolicSizes | undefined {
    const entry = this.#entries.get(name);
    return entry?.kind === 'sizes' ? entry.sizes : undefined;
  }

  shapeOf(name: string, node: NodeAttributes): readonly Dimension[] {
    const entry = this.#entries.get(name);
    if (entry?.kind === 'constant') return entry.tensor.shape;
    if (entry?.kind === 'sizes') return entry.sizes.shape;
    if (entry?.kind === 'computed') return this.builder.value(name).shape;
    return node.fail('an input has no producer before this node', JSON.stringify(name));
  }

  setConstant(name: string, tensor: ConstantTensor, isWeight: boolean, node: NodeAttributes): void {
    this.#set(name, { kind: 'constant', tensor, isWeight }, node);
  }

  setSizes(name: string, sizes: SymbolicSizes, node: NodeAttributes): void {
    this.#set(name, { kind: 'sizes', sizes }, node);
  }

  setUnknown(name: string, node: NodeAttributes): void {
    this.#set(name, { kind: 'unknown' }, node);
  }

  /** Initializers and inputs: what stands before all nodes. */
  setSource(name: string, entry: Exclude<Entry, { kind: 'unknown' }>): void {
    this.#entries.set(name, entry);
  }

  /** A value that the builder has under this name or alias. */
  setComputed(name: string, node: NodeAttributes): void {
    const { shape } = this.builder.value(name);
    if (shape.length > MOST_DIMENSIONS) node.fail('too many dimensions', shape.length, MOST_DIMENSIONS);
    if (shape.some((size) => typeof size === 'string' && size.length > LONGEST_SIZE_EXPRESSION)) {
      node.fail('the size of an output has no short expression; state the sizes of the inputs');
    }
    this.#set(name, { kind: 'computed' }, node);
  }

  /** The graph's name of a value; a constant is added to the graph the first time. */
  materialize(name: string, node: NodeAttributes, trainable = true): string {
    const entry = this.#entries.get(name);
    if (entry?.kind === 'computed') return name;
    if (entry?.kind !== 'constant') return node.fail('an input is not a tensor of the network', JSON.stringify(name));
    const done = this.#materialized.get(name);
    if (done !== undefined) return done;
    if (entry.tensor.data.length === 0) node.fail('an input has no elements', shapeText(entry.tensor.shape));
    this.#materialized.set(name, name);
    const tensor = engineTensor(entry.tensor);
    const isParameter = entry.isWeight && isFloatType(entry.tensor.type) && tensor.shape.length > 0;
    try {
      return isParameter ? this.#addParameter(name, tensor, trainable) : this.builder.constant(name, tensor);
    } catch (thrown) {
      if (!(thrown instanceof ConvscopeError)) throw thrown;
      return node.fail(`an input cannot be a tensor of the network (${reasonOf(thrown)})`);
    }
  }

  /** A parameter made of a weight; asked for again by the same name, it is the same one. */
  parameter(name: string, tensor: TensorData, trainable: boolean): string {
    const done = this.#materialized.get(name);
    if (done !== undefined && shapeText(this.builder.value(done).shape) === shapeText(tensor.shape)) return done;
    const free = this.internalName(name);
    if (done === undefined) this.#materialized.set(name, free);
    return this.#addParameter(free, tensor, trainable);
  }

  #addParameter(name: string, tensor: TensorData, trainable: boolean): string {
    this.parameters.set(name, tensor);
    return this.builder.parameter(
      name,
      tensor.shape,
      { trainable: trainable && tensor.dtype === 'float32' },
      tensor.dtype,
    );
  }

  /** A name that neither the file nor the graph has. */
  internalName(stem: string): string {
    for (;;) {
      const name = this.builder.freshName(stem);
      if (!this.#fileNames.has(name)) return name;
    }
  }

  /** The name of a node in the graph: the file's where it is the only one of that name, else its output's. */
  nodeName(wanted: string, output: string): string {
    const name = wanted === '' || this.#nodeNames.has(wanted) ? output : wanted;
    const free = this.#nodeNames.has(name) ? this.internalName(name) : name;
    this.#nodeNames.add(free);
    return free;
  }

  #set(name: string, entry: Entry, node: NodeAttributes): void {
    if (this.#entries.has(name)) node.fail('a value has two producers', JSON.stringify(name));
    this.#entries.set(name, entry);
  }
}
