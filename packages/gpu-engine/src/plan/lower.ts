import { chunkRows } from '../device/chunks.ts';
import {
  ancestors,
  concreteShape,
  ConvscopeError,
  elementCount,
  opNamed,
  valueOf,
  type AdapterClass,
  type Attributes,
  type Graph,
  type GraphNode,
  type KernelCall,
  type Operand,
  type Transform,
} from '../graph/index.ts';
import type { LoweringContext } from '../graph/lowering.ts';

/** One thing that the GPU does: a kernel, or a copy between two tensors of one shape. */
export type PlanStep =
  | { readonly kind: 'dispatch'; readonly node: string; readonly call: KernelCall }
  | { readonly kind: 'copy'; readonly node: string; readonly from: Operand; readonly to: Operand };

/** A transformed copy of a parameter that the plan reads. */
export interface DerivedUse {
  readonly source: string;
  readonly transform: Transform;
  readonly operand: Operand;
  readonly calls: readonly KernelCall[];
}

/** The program of a plan before memory is assigned; operands are known by name. */
export interface LoweredGraph {
  readonly steps: readonly PlanStep[];
  readonly derived: ReadonlyMap<string, DerivedUse>;
  /** The value whose memory a value shares: its own name, or what it is a view of. */
  readonly storageOf: ReadonlyMap<string, string>;
  /** Parameters whose values the steps change. */
  readonly updated: readonly string[];
}

export interface LoweringOptions {
  readonly outputs: readonly string[];
  readonly adapterClass: AdapterClass;
  readonly maxBindingBytes: number;
  /** `naive` uses the one-thread-an-element kernels, by which the fast ones are judged. */
  readonly kernels: 'fast' | 'naive';
}

/** Turns the nodes that outputs and updates need into steps. Throws where a node cannot run on this device. */
export function lowerGraph(graph: Graph, options: LoweringOptions): LoweredGraph {
  const live = ancestors(graph, [...options.outputs, ...graph.updates.values()]);
  const nodes = graph.nodes.filter((node) => node.outputs.some((output) => live.has(output)));
  const storageOf = new Map<string, string>();
  for (const name of graph.values.keys()) storageOf.set(name, name);
  const steps: PlanStep[] = [];
  const derived = new Map<string, DerivedUse>();
  const inPlace = new Map<string, string>();

  nodes.forEach((node, position) => {
    const definition = opNamed(node.op, node.name);
    if (definition.lower === undefined) {
      const source = node.inputs[0] as string;
      storageOf.set(node.outputs[0] as string, storageOf.get(source) ?? source);
      return;
    }
    for (const [input, output] of definition.inPlace ?? []) {
      const [from, to] = [node.inputs[input] as string, node.outputs[output] as string];
      const laterReads = nodes.slice(position + 1).some((later) => readsStorage(later, from, storageOf));
      if (graph.updates.get(from) === to && !laterReads && !options.outputs.includes(from)) {
        storageOf.set(to, from);
        inPlace.set(from, to);
      } else {
        steps.push({ kind: 'copy', node: node.name, from: operandOf(graph, from), to: operandOf(graph, to) });
      }
    }
    const emit = (call: KernelCall) => void steps.push({ kind: 'dispatch', node: node.name, call });
    definition.lower(new NodeLowering(graph, node, options, storageOf, derived, emit));
  });

  const updates = [...graph.updates].filter(([parameter]) => !inPlace.has(parameter));
  steps.push(...updateSteps(graph, updates, storageOf));
  return { steps, derived, storageOf, updated: [...graph.updates.keys()] };
}

function readsStorage(node: GraphNode, name: string, storageOf: ReadonlyMap<string, string>): boolean {
  return node.inputs.some((input) => storageOf.get(input) === name);
}

/** Copies new values into parameters after all reads; first aside where the new value is itself a parameter. */
function updateSteps(
  graph: Graph,
  updates: readonly (readonly [string, string])[],
  storageOf: Map<string, string>,
): PlanStep[] {
  const first: PlanStep[] = [];
  const last: PlanStep[] = [];
  for (const [parameter, value] of updates) {
    let from = operandOf(graph, value);
    if (graph.parameters.has(storageOf.get(value) ?? value)) {
      const aside = { ...from, name: `${parameter}.update` };
      storageOf.set(aside.name, aside.name);
      first.push({ kind: 'copy', node: parameter, from, to: aside });
      from = aside;
    }
    last.push({ kind: 'copy', node: parameter, from, to: operandOf(graph, parameter) });
  }
  return [...first, ...last];
}

function operandOf(graph: Graph, name: string): Operand {
  const { dtype, shape } = valueOf(graph, name);
  const sizes = concreteShape(shape, name);
  return { name, dtype, shape: sizes, elements: elementCount(sizes) };
}

/** The context that an op's `lower` gets. */
class NodeLowering implements LoweringContext<never> {
  readonly node: GraphNode;
  readonly attributes: never;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  readonly adapterClass: AdapterClass;
  readonly kernels: 'fast' | 'naive';
  readonly emit: (call: KernelCall) => void;
  readonly scratch: LoweringContext<never>['scratch'];
  readonly derived: LoweringContext<never>['derived'];
  readonly chunks: LoweringContext<never>['chunks'];

  constructor(
    graph: Graph,
    node: GraphNode,
    { adapterClass, maxBindingBytes, kernels }: LoweringOptions,
    storageOf: Map<string, string>,
    derivedUses: Map<string, DerivedUse>,
    emit: (call: KernelCall) => void,
  ) {
    this.node = node;
    this.attributes = node.attributes as Attributes as never;
    this.inputs = node.inputs.map((name) => operandOf(graph, name));
    this.outputs = node.outputs.map((name) => operandOf(graph, name));
    this.adapterClass = adapterClass;
    this.kernels = kernels;
    this.emit = emit;
    this.chunks = (operand) => chunkOperands(operand, maxBindingBytes);
    this.scratch = (label, shape, dtype = 'float32') => {
      let name = `${node.name}:${label}`;
      for (let n = 1; storageOf.has(name); n++) name = `${node.name}:${label}_${n}`;
      storageOf.set(name, name);
      return { name, dtype, shape, elements: elementCount(shape) };
    };
    this.derived = (source, transform) => {
      const storage = storageOf.get(source.name) ?? source.name;
      if (!graph.parameters.has(storage) || source.chunk !== undefined) {
        const result = this.scratch(transform.key, transform.shape);
        for (const call of transform.lower(source, result)) emit(call);
        return result;
      }
      const key = `${storage}:${transform.key}`;
      const known = derivedUses.get(key);
      if (known !== undefined) return known.operand;
      const operand: Operand = {
        name: key,
        dtype: 'float32',
        shape: transform.shape,
        elements: elementCount(transform.shape),
      };
      storageOf.set(key, key);
      derivedUses.set(key, { source: storage, transform, operand, calls: transform.lower(source, operand) });
      return operand;
    };
  }
}

function chunkOperands(operand: Operand, maxBindingBytes: number): readonly Operand[] {
  let chunks;
  try {
    chunks = chunkRows(operand.shape, maxBindingBytes);
  } catch (error) {
    throw error instanceof ConvscopeError
      ? new ConvscopeError(error.code, 'the tensor cannot be cut into bindings', {
          ...error.detail,
          node: operand.name,
        })
      : error;
  }
  if (chunks.length === 1) return [operand];
  return chunks.map(({ start, rows, bytes }, index) => ({
    ...operand,
    shape: [rows, ...operand.shape.slice(1)],
    elements: bytes / 4,
    chunk: { index, start },
  }));
}
