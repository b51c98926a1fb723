import { ConvscopeError, type Dimension, type Graph, type TensorData } from '@convscope/gpu-engine/graph';
import { ModelFormatError, reasonOf } from '../errors.ts';
import type { ConstantTensor } from './constant-tensor.ts';
import { elementTypeOf, elementTypeText, isFloatType } from './element-type.ts';
import type { ExternalData } from './external-data.ts';
import { FoldContext } from './fold/context.ts';
import { shapePart } from './fold/making.ts';
import { foldSymbolic, type SymbolicSizes } from './fold/symbolic.ts';
import { folds } from './fold/table.ts';
import { NeedsConcreteBatch, UnsupportedNode } from './import-signals.ts';
import { broadcastable } from './legacy-broadcast.ts';
import { MOST_DIMENSIONS, type ReadBudget } from './limits.ts';
import { NodeAttributes } from './node-attributes.ts';
import { NodeContext } from './node-context.ts';
import { isLeftToDevice } from './ops/filled.ts';
import { importers } from './ops/table.ts';
import { readTensor } from './read-tensor.ts';
import type { GraphProto, NodeProto, ValueInfoProto } from './schema.gen.ts';
import { ValueTable } from './value-table.ts';

/** A node that cannot be run, and why. */
export interface UnsupportedOp {
  readonly op: string;
  readonly node: string;
  readonly reason: string;
  /** The value that would have to be known at load. */
  readonly needs?: string;
}

export interface ImportedGraph {
  readonly graph: Graph;
  readonly parameters: ReadonlyMap<string, TensorData>;
  /** The file's outputs that the graph computes, in their order. */
  readonly outputs: readonly string[];
  /** The file's outputs that are known at load. */
  readonly knownOutputs: ReadonlyMap<string, ConstantTensor>;
  readonly unsupported: readonly UnsupportedOp[];
}

export interface ImportSettings {
  readonly file: string;
  readonly opset: number;
  readonly external: ExternalData | undefined;
  /** Sizes for `dim_param` symbols. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Inputs that are constants: shapes, axes, indices. */
  readonly inputs: ReadonlyMap<string, ConstantTensor>;
  /** Reads a first input size of 1, or an unknown one, as this symbol. */
  readonly batchSymbol: string | undefined;
  readonly budget: ReadBudget;
}

/** Turns a file's graph into the engine's, node by node, computing what is known on the way. Throws ModelFormatError. */
export function importGraph(proto: GraphProto, settings: ImportSettings): ImportedGraph {
  return new GraphImport(proto, settings).run();
}

class GraphImport {
  readonly #proto: GraphProto;
  readonly #settings: ImportSettings;
  readonly #values: ValueTable;
  readonly #unsupported: UnsupportedOp[] = [];
  readonly #outputs: ReadonlySet<string>;

  constructor(proto: GraphProto, settings: ImportSettings) {
    this.#proto = proto;
    this.#settings = settings;
    const names = new Set(proto.node.flatMap(({ name, input, output }) => [name, ...input, ...output]));
    this.#values = new ValueTable(names, settings.batchSymbol);
    this.#outputs = new Set(proto.output.map(({ name }) => name));
  }

  run(): ImportedGraph {
    this.#addInitializers();
    for (const input of this.#proto.input) this.#addInput(input);
    for (const node of this.#proto.node) this.#addNode(node);
    const outputs: string[] = [];
    const knownOutputs = new Map<string, ConstantTensor>();
    for (const { name } of this.#proto.output) this.#addOutput(name, outputs, knownOutputs);
    const { builder, parameters } = this.#values;
    builder.output(...outputs);
    const graph = builder.build();
    return { graph, parameters, outputs, knownOutputs, unsupported: this.#unsupported };
  }

  #addInitializers(): void {
    const { file, external, budget } = this.#settings;
    if (this.#proto.sparseInitializer.length > 0) {
      throw new ModelFormatError(file, 'sparse initializers are not read', { field: 'sparse_initializer' });
    }
    for (const tensor of this.#proto.initializer) {
      const { name } = tensor;
      if (name === '' || this.#values.has(name)) this.#fail('a tensor needs a name of its own', name);
      this.#values.setSource(name, {
        kind: 'constant',
        tensor: readTensor(tensor, file, external, budget),
        isWeight: true,
      });
    }
  }

  #addInput(info: ValueInfoProto): void {
    const { name } = info;
    const given = this.#settings.inputs.get(name);
    if (given !== undefined) this.#values.setSource(name, { kind: 'constant', tensor: given, isWeight: false });
    // Up to IR version 3 initializers are inputs too.
    else if (!this.#values.has(name)) this.#addRunInput(info);
  }

  #addRunInput({ name, type }: ValueInfoProto): void {
    const { file } = this.#settings;
    const field = `input ${name}`;
    if (type?.value.case !== 'tensorType') throw new ModelFormatError(file, 'an input is not a tensor', { field });
    const { elemType, shape } = type.value.value;
    const element = elementTypeOf(elemType);
    if (element === undefined) {
      throw new ModelFormatError(file, 'this element type is not read', { field, got: elementTypeText(elemType) });
    }
    if (shape === undefined) throw new ModelFormatError(file, 'an input has no shape', { field });
    if (shape.dim.length > MOST_DIMENSIONS) {
      throw new ModelFormatError(file, 'too many dimensions', {
        field,
        got: shape.dim.length,
        wanted: MOST_DIMENSIONS,
      });
    }
    const sizes = shape.dim.map(({ value }, axis) => this.#inputSize(name, axis, value));
    if (sizes.includes(0)) {
      const tensor: ConstantTensor = { type: element, shape: sizes.map(Number), data: new Float32Array(0) };
      this.#values.setSource(name, { kind: 'constant', tensor, isWeight: false });
      return;
    }
    try {
      this.#values.builder.input(name, isFloatType(element) ? 'float32' : 'int32', sizes);
    } catch (thrown) {
      if (!(thrown instanceof ConvscopeError)) throw thrown;
      throw new ModelFormatError(file, reasonOf(thrown), { field }, { cause: thrown });
    }
    this.#values.setSource(name, { kind: 'computed' });
  }

  #inputSize(
    name: string,
    axis: number,
    value:
      | { readonly case: 'dimValue'; readonly value: bigint }
      | { readonly case: 'dimParam'; readonly value: string }
      | { readonly case: undefined; readonly value?: undefined },
  ): Dimension {
    const { batchSymbol, sizes } = this.#settings;
    const stated = value.case === 'dimValue' ? Number(value.value) : sizes.get(value.value ?? '');
    if (axis === 0 && batchSymbol !== undefined && (stated === undefined || stated <= 1)) return batchSymbol;
    if (stated !== undefined && stated >= 0) {
      if (stated <= 2 ** 31 - 1) return stated;
      return this.#fail('an input is too large', `${name}: ${stated}`);
    }
    if (axis === 0 && batchSymbol === undefined) return 1;
    return value.case === 'dimParam' && /^\w{1,40}$/.test(value.value) ? value.value : `${plainName(name)}_${axis}`;
  }

  #addNode(proto: NodeProto): void {
    const { file, opset, external, budget } = this.#settings;
    const node = new NodeAttributes(proto, opset, file, external, budget);
    const inputs = proto.input.filter((name) => name !== '');
    for (const name of inputs) {
      if (!this.#values.has(name)) node.fail('an input has no producer before this node', JSON.stringify(name));
    }
    const outputs = proto.output.filter((name) => name !== '');
    for (const [index, name] of outputs.entries()) {
      if (this.#values.has(name) || outputs.indexOf(name) < index) {
        node.fail('a value has two producers', JSON.stringify(name));
      }
    }
    const isForeign = proto.domain !== '' && proto.domain !== 'ai.onnx';
    if (inputs.some((name) => this.#values.isUnknown(name))) {
      // Below a node that cannot be run, what no node of its kind can be is listed all the same.
      const isRead = importers.has(proto.opType) || folds.has(proto.opType);
      const reason = isForeign ? `domain ${proto.domain}` : 'this operator is not read';
      if (isForeign || !isRead) this.#unsupported.push({ op: proto.opType, node: node.label, reason });
      return this.#giveUp(node);
    }
    try {
      if (isForeign) throw new UnsupportedNode(`domain ${proto.domain}`);
      this.#import(node, inputs);
    } catch (thrown) {
      if (!(thrown instanceof UnsupportedNode)) throw thrown;
      const { message: reason, needs } = thrown;
      this.#unsupported.push({ op: proto.opType, node: node.label, reason, ...(needs === undefined ? {} : { needs }) });
      this.#giveUp(node);
    }
    return undefined;
  }

  #import(node: NodeAttributes, inputs: readonly string[]): void {
    if (this.#fold(node, inputs)) return;
    const importer = importers.get(node.node.opType);
    if (importer === undefined) throw new UnsupportedNode('this operator is not read');
    importer(new NodeContext(node, this.#values, { outputs: this.#outputs, budget: this.#settings.budget }));
  }

  /** Computes the node at once where that is possible. */
  #fold(node: NodeAttributes, inputs: readonly string[]): boolean {
    const { opType, output } = node.node;
    const values = this.#values;
    const names = node.node.input;
    const known = broadcastable(
      node,
      names.map((name) => values.known(name)),
    );
    const context = new FoldContext(node, known, this.#settings.budget);
    if (opType === 'Shape' || opType === 'Size') {
      if (names[0] === undefined || names[0] === '') node.fail('input 0 is missing');
      const shape = values.shapeOf(names[0], node);
      if (shape.some((size) => typeof size === 'string')) {
        if (opType === 'Size') throw new NeedsConcreteBatch(node.label);
        const sizes = shapePart(context, shape);
        values.setSizes(output[0] ?? '', { shape: [sizes.length], sizes }, node);
        return true;
      }
      const data = new Float64Array(
        opType === 'Size' ? [product(shape as number[])] : shapePart(context, shape as number[]),
      );
      values.setConstant(
        output[0] ?? '',
        { type: 'int64', shape: opType === 'Size' ? [] : [data.length], data },
        false,
        node,
      );
      return true;
    }
    if (inputs.some((name) => values.symbolic(name) !== undefined)) return this.#foldSizes(node, context);
    const fold = folds.get(opType);
    if (fold === undefined || inputs.some((name) => values.known(name) === undefined)) return false;
    if (opType === 'Dropout' && output.length > 1) return false;
    if (opType === 'ConstantOfShape' && isLeftToDevice(known[0], this.#settings.budget)) return false;
    const isWeight = inputs.some((name) => values.isWeight(name));
    fold(context).forEach((tensor, index) => {
      const name = output[index] ?? '';
      if (name !== '') values.setConstant(name, tensor, isWeight, node);
    });
    return true;
  }

  /** Shape arithmetic on symbols, where it stays simple; other nodes may take symbols as sizes (Reshape). */
  #foldSizes(node: NodeAttributes, context: FoldContext): boolean {
    const symbolic = node.node.input.map((name): SymbolicSizes | undefined => {
      const known = this.#values.known(name);
      return this.#values.symbolic(name) ?? (known && { shape: known.shape, sizes: Array.from(known.data) });
    });
    const isData = node.node.input.every(
      (name) => name === '' || this.#values.known(name) !== undefined || this.#values.symbolic(name) !== undefined,
    );
    if (!isData) return false;
    const results = foldSymbolic(context, symbolic);
    if (results === undefined) throw new NeedsConcreteBatch(node.label);
    results.forEach((sizes, index) => {
      const name = node.node.output[index] ?? '';
      if (name === '') return;
      if (sizes.sizes.some((size) => typeof size === 'string')) this.#values.setSizes(name, sizes, node);
      else {
        const data = Float64Array.from(sizes.sizes as readonly number[]);
        this.#values.setConstant(name, { type: 'int64', shape: sizes.shape, data }, false, node);
      }
    });
    return true;
  }

  #giveUp(node: NodeAttributes): void {
    for (const name of node.node.output) {
      if (name !== '' && !this.#values.has(name)) this.#values.setUnknown(name, node);
    }
  }

  #addOutput(name: string, outputs: string[], knownOutputs: Map<string, ConstantTensor>): void {
    const known = this.#values.known(name);
    if (known !== undefined) knownOutputs.set(name, known);
    else if (this.#values.isUnknown(name)) return;
    else if (this.#values.symbolic(name) !== undefined) throw new NeedsConcreteBatch(`output ${name}`);
    else if (this.#values.has(name)) outputs.push(name);
    else this.#fail('an output has no producer', name);
  }

  #fail(message: string, got: string): never {
    throw new ModelFormatError(this.#settings.file, message, { got: JSON.stringify(got) });
  }
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}

function plainName(name: string): string {
  return name.replace(/\W/g, '_').slice(0, 40) || 'input';
}
