import { chunkRows } from '../device/chunks.ts';
import { kernelEntry } from '../device/kernel-entry.ts';
import {
  ancestors,
  concreteShape,
  elementCount,
  opNamed,
  shapeText,
  valueOf,
  type AdapterClass,
  type Graph,
  type GraphNode,
  type KernelCall,
  type KernelChoices,
  type KernelQuestion,
  type Operand,
  type TensorData,
  type Transform,
} from '../graph/index.ts';
import type { LoweringContext } from '../graph/lowering.ts';
import { cancelTransposes } from './cancel-transposes.ts';
import { findEpilogues, withEpilogue, type FusedEpilogue } from './epilogues.ts';
import { placeCall, type DispatchLimits, type PlacedCall, type StoredShape } from './placement.ts';

/** One thing that the GPU does: a kernel, or a copy between two tensors of one shape. */
export type PlanStep =
  | {
      readonly kind: 'dispatch';
      readonly node: string;
      readonly call: PlacedCall;
      /** The nodes whose work it does, where they are several. */
      readonly nodes?: readonly string[];
    }
  | { readonly kind: 'copy'; readonly node: string; readonly from: Operand; readonly to: Operand };

/** A transformed copy of a parameter that the plan reads. */
export interface DerivedUse {
  readonly sources: readonly string[];
  readonly transform: Transform;
  readonly operand: Operand;
  readonly calls: readonly PlacedCall[];
}

/** The program of a plan before memory is assigned; operands are known by name. */
export interface LoweredGraph {
  readonly steps: readonly PlanStep[];
  /** By the name of the operand that kernels read. */
  readonly derived: ReadonlyMap<string, DerivedUse>;
  /** Tables that ops bring along, beside the graph's own constants. */
  readonly constants: ReadonlyMap<string, TensorData>;
  /** The value whose memory a value shares: its own name, or what it is a view of. */
  readonly storageOf: ReadonlyMap<string, string>;
  /** The shapes of memory that belongs to no value of the graph. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** The memory in which each output lies when a run has ended; never that of a parameter, a constant or a scalar. */
  readonly results: ReadonlyMap<string, string>;
  /** Parameters whose values the steps change. */
  readonly updated: readonly string[];
  /** The kernel that was taken for every problem that has several. */
  readonly choices: KernelChoices;
}

export interface LoweringOptions extends DispatchLimits {
  readonly outputs: readonly string[];
  readonly adapterClass: AdapterClass;
  /** Invocations of the device's subgroups, where it has any of one size. */
  readonly subgroupSize: number | undefined;
  /** `naive` uses the one-thread-an-element kernels, by which the fast ones are judged. */
  readonly kernels: 'fast' | 'naive';
  /** Whether convolutions and products do what follows them in their own kernels. */
  readonly epilogues?: 'fused' | 'apart';
  /** Kernels for problems, in place of the shipped table's. */
  readonly choices?: KernelChoices;
  /** Is told of every problem that has several kernels, in order; a problem may come more than once. */
  readonly onQuestion?: (question: KernelQuestion) => void;
}

/** Turns the nodes that outputs and updates need into steps. Throws where a node cannot run on this device. */
export function lowerGraph(given: Graph, options: LoweringOptions): LoweredGraph {
  const graph = options.kernels === 'naive' ? given : cancelTransposes(given);
  const live = ancestors(graph, [...options.outputs, ...graph.updates.values()]);
  const nodes = graph.nodes.filter((node) => node.outputs.some((output) => live.has(output)));
  const storageOf = new Map<string, string>();
  for (const name of graph.values.keys()) storageOf.set(name, name);
  const steps: PlanStep[] = [];
  const derived = new Map<string, DerivedUse>();
  const constants = new Map<string, TensorData>();
  const shapes = new Map<string, readonly number[]>();
  const storedShape: StoredShape = ({ name, shape }) => shapes.get(name) ?? graphShape(graph, name) ?? shape;
  const inPlace = new Set<string>();
  const taken = new Map<string, string>();

  const state = { storageOf, derived, constants, shapes, inPlace, storedShape, taken };
  const kept = new Set([...options.outputs, ...graph.updates.values()]);
  const isFusing = options.epilogues === 'fused' && options.kernels === 'fast';
  const epilogues = isFusing ? findEpilogues(graph, nodes, kept) : new Map<GraphNode, FusedEpilogue>();
  const done = new Set<GraphNode>();

  nodes.forEach((node, position) => {
    if (done.has(node)) return;
    const definition = opNamed(node.op, node.name);
    if (definition.lower === undefined) {
      const [from, to] = [operandOf(graph, node.inputs[0] as string), operandOf(graph, node.outputs[0] as string)];
      if (haveEqualChunks(from, to, options.maxBindingBytes)) {
        storageOf.set(to.name, storageOf.get(from.name) ?? from.name);
      } else {
        steps.push({ kind: 'copy', node: node.name, from, to });
      }
      return;
    }
    const fused = epilogues.get(node);
    const calls = fused === undefined ? undefined : fusedCalls(graph, node, fused, options, state);
    if (fused !== undefined && calls !== undefined) {
      const names = [node, ...fused.nodes].map(({ name }) => name);
      for (const call of calls.flatMap((whole) => placeCall(node, whole, options, storedShape))) {
        steps.push({ kind: 'dispatch', node: node.name, call, nodes: names });
      }
      for (const absorbed of fused.nodes) done.add(absorbed);
      return;
    }
    const updatedInPlace = new Map<string, string>();
    for (const [input, output] of definition.inPlace ?? []) {
      const [from, to] = [node.inputs[input] as string, node.outputs[output] as string];
      const readElsewhere =
        nodes.slice(position + 1).some((later) => readsStorage(later, from, storageOf)) ||
        node.inputs.some((other, index) => index !== input && storageOf.get(other) === from) ||
        [...options.outputs, ...graph.updates.values()].some((name) => storageOf.get(name) === from);
      if (graph.updates.get(from) === to && !readElsewhere) {
        updatedInPlace.set(to, from);
      } else {
        steps.push({ kind: 'copy', node: node.name, from: operandOf(graph, from), to: operandOf(graph, to) });
      }
    }
    for (const [to, from] of updatedInPlace) {
      storageOf.set(to, from);
      inPlace.add(from);
    }
    const emit = (call: KernelCall) => {
      const safe = readAside(graph, node, call, { storageOf, shapes }, steps);
      for (const placed of placeCall(node, safe, options, storedShape)) {
        steps.push({ kind: 'dispatch', node: node.name, call: placed });
      }
    };
    definition.lower(new NodeLowering(graph, node, options, state, emit));
  });

  const results = resultSteps(graph, options.outputs, storageOf, steps);
  const updates = [...graph.updates].filter(([parameter]) => !inPlace.has(parameter));
  steps.push(...updateSteps(graph, updates, storageOf));
  const updated = [...graph.updates.keys()];
  return { steps, derived, constants, shapes, storageOf, results, updated, choices: taken };
}

/** The calls of a node and of those that follow it in its kernels; undefined where these have no place for them. */
function fusedCalls(
  graph: Graph,
  node: GraphNode,
  fused: FusedEpilogue,
  options: LoweringOptions,
  state: LoweringState,
): readonly KernelCall[] | undefined {
  const { derived } = state;
  const known = new Set(derived.keys());
  const calls: KernelCall[] = [];
  const context = new NodeLowering(graph, { ...node, outputs: [fused.output] }, options, state, (call) =>
    calls.push(call),
  );
  opNamed(node.op, node.name).lower?.(context);
  const own = calls.length;
  const operands = fused.operands.map(({ value, transform }) => {
    const operand = operandOf(graph, value);
    return transform === undefined
      ? operand
      : context.derived(
          operand,
          transform((name) => operandOf(graph, name)),
        );
  });
  const ordered = [...calls.slice(own), ...calls.slice(0, own)];
  const result = withEpilogue(ordered, fused, operands, options);
  if (result !== undefined) return result;
  // What was derived for it alone would be computed for nothing.
  for (const name of derived.keys()) if (!known.has(name)) derived.delete(name);
  return undefined;
}

/** Parameters share buffers, and no kernel may read and write one buffer: copies aside what is read beside an update. */
function readAside(
  graph: Graph,
  node: GraphNode,
  call: KernelCall,
  { storageOf, shapes }: Pick<LoweringState, 'storageOf' | 'shapes'>,
  steps: PlanStep[],
): KernelCall {
  const isParameter = ({ name }: Operand) => graph.parameters.has(storageOf.get(name) ?? name);
  const { bindings } = kernelEntry(call.kernel);
  const written = new Set(bindings.flatMap(({ name, kind }) => (kind === 'write' ? [name] : [])));
  const bound = Object.entries(call.bindings);
  if (!bound.some(([name, operand]) => written.has(name) && isParameter(operand))) return call;
  const safe = bound.map(([name, operand]): readonly [string, Operand] => {
    if (written.has(name) || !isParameter(operand)) return [name, operand];
    const from = operandOf(graph, operand.name);
    const aside = freshStorage(`${node.name}:${operand.name}`, storageOf);
    shapes.set(aside, from.shape);
    steps.push({ kind: 'copy', node: node.name, from, to: { ...from, name: aside } });
    return [name, { ...operand, name: aside }];
  });
  return { ...call, bindings: Object.fromEntries(safe) };
}

function readsStorage(node: GraphNode, name: string, storageOf: ReadonlyMap<string, string>): boolean {
  return node.inputs.some((input) => storageOf.get(input) === name);
}

/** Copies outputs that lie in memory of others, before the updates change it; gives where each output lies. */
function resultSteps(
  graph: Graph,
  outputs: readonly string[],
  storageOf: Map<string, string>,
  steps: PlanStep[],
): ReadonlyMap<string, string> {
  const results = new Map<string, string>();
  for (const name of new Set(outputs)) {
    const storage = storageOf.get(name) ?? name;
    const isBorrowed = [graph.parameters, graph.constants, new Set(graph.scalars)].some((owner) => owner.has(storage));
    results.set(name, isBorrowed ? freshStorage(`${name}:result`, storageOf) : storage);
    if (!isBorrowed) continue;
    const from = operandOf(graph, name);
    steps.push({ kind: 'copy', node: name, from, to: { ...from, name: results.get(name) as string } });
  }
  return results;
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
      const aside = { ...from, name: freshStorage(`${parameter}:update`, storageOf) };
      first.push({ kind: 'copy', node: parameter, from, to: aside });
      from = aside;
    }
    last.push({ kind: 'copy', node: parameter, from, to: operandOf(graph, parameter) });
  }
  return [...first, ...last];
}

/** A name that no value and no other memory has, so that graphs may use any names. */
function freshStorage(stem: string, storageOf: Map<string, string>): string {
  let name = stem;
  for (let count = 1; storageOf.has(name); count++) name = `${stem}_${count}`;
  storageOf.set(name, name);
  return name;
}

/** Whether a view can share the memory of what it views: where both are cut, they must be cut at the same places. */
function haveEqualChunks(from: Operand, to: Operand, maxBindingBytes: number): boolean {
  const [own, other] = [chunkRows(from.shape, maxBindingBytes), chunkRows(to.shape, maxBindingBytes)];
  return own.length === other.length && own.every(({ bytes }, index) => bytes === other[index]?.bytes);
}

function graphShape(graph: Graph, name: string): readonly number[] | undefined {
  const shape = graph.values.get(name)?.shape;
  return shape === undefined ? undefined : concreteShape(shape, name);
}

function operandOf(graph: Graph, name: string): Operand {
  const { dtype, shape } = valueOf(graph, name);
  const sizes = concreteShape(shape, name);
  return { name, dtype, shape: sizes, elements: elementCount(sizes) };
}

/** What the lowering of one node reads and adds to. */
interface LoweringState {
  readonly storageOf: Map<string, string>;
  readonly derived: Map<string, DerivedUse>;
  readonly constants: Map<string, TensorData>;
  readonly shapes: Map<string, readonly number[]>;
  readonly storedShape: StoredShape;
  /** Parameters that already hold their new values. */
  readonly inPlace: ReadonlySet<string>;
  /** Kernels by problem. */
  readonly taken: Map<string, string>;
}

/** The context that an op's `lower` gets. */
class NodeLowering implements LoweringContext<never> {
  readonly node: GraphNode;
  readonly attributes: never;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  readonly adapterClass: AdapterClass;
  readonly subgroupSize: number | undefined;
  readonly kernels: 'fast' | 'naive';
  readonly choose: LoweringContext<never>['choose'];
  readonly emit: (call: KernelCall) => void;
  readonly scratch: LoweringContext<never>['scratch'];
  readonly constant: LoweringContext<never>['constant'];
  readonly derived: LoweringContext<never>['derived'];
  readonly chunks: LoweringContext<never>['chunks'];
  readonly flatChunks: LoweringContext<never>['flatChunks'];

  constructor(
    graph: Graph,
    node: GraphNode,
    options: LoweringOptions,
    { storageOf, derived, constants, shapes, inPlace, storedShape, taken }: LoweringState,
    emit: (call: KernelCall) => void,
  ) {
    const { adapterClass, subgroupSize, maxBindingBytes, kernels, choices, onQuestion } = options;
    this.node = node;
    this.attributes = node.attributes as never;
    this.inputs = node.inputs.map((name) => operandOf(graph, name));
    this.outputs = node.outputs.map((name) => operandOf(graph, name));
    this.adapterClass = adapterClass;
    this.subgroupSize = subgroupSize;
    this.kernels = kernels;
    this.choose = (question) => {
      onQuestion?.(question);
      const chosen = choices?.get(question.key) ?? question.usual;
      const name = question.candidates.includes(chosen) ? chosen : question.usual;
      taken.set(question.key, name);
      return name;
    };
    this.emit = emit;
    this.chunks = (operand) => rowChunks(operand, maxBindingBytes);
    this.flatChunks = (operand) => flatChunks(operand, maxBindingBytes);
    this.scratch = (label, shape, dtype = 'float32') => {
      const name = freshStorage(`${node.name}:${label}`, storageOf);
      shapes.set(name, shape);
      return { name, dtype, shape, elements: elementCount(shape) };
    };
    this.constant = (label, data) => {
      const operand = this.scratch(label, data.shape, data.dtype);
      constants.set(operand.name, data);
      return operand;
    };
    this.derived = (source, transform) => {
      const read = [source, ...(transform.reads ?? [])];
      const sources = read.map(({ name }) => storageOf.get(name) ?? name);
      const [storage] = sources as [string];
      const areParameters = sources.every((name) => graph.parameters.has(name) && !inPlace.has(name));
      if (!areParameters || read.some(({ chunk }) => chunk !== undefined)) {
        const result = this.scratch(transform.key, transform.shape);
        for (const call of transform.lower(source, result)) emit(call);
        return result;
      }
      // A view of the parameter may have another shape, and then another transformed copy.
      const key = `${transform.key} of ${shapeText(source.shape)}`;
      const text = JSON.stringify(sources);
      const known = [...derived.values()].find(
        (use) => JSON.stringify(use.sources) === text && use.transform.key === key,
      );
      if (known !== undefined) return known.operand;
      const operand: Operand = {
        name: freshStorage(`${storage}:${key}`, storageOf),
        dtype: 'float32',
        shape: transform.shape,
        elements: elementCount(transform.shape),
      };
      shapes.set(operand.name, transform.shape);
      const calls = transform.lower(source, operand).flatMap((call) => placeCall(node, call, options, storedShape));
      derived.set(operand.name, { sources, transform: { ...transform, key }, operand, calls });
      return operand;
    };
  }
}

function rowChunks(operand: Operand, maxBindingBytes: number): readonly Operand[] {
  const chunks = chunkRows(operand.shape, maxBindingBytes);
  if (chunks.length === 1 || chunks[0]?.rows === 0) return [operand];
  return chunks.map(({ start, rows, bytes }, index) => ({
    ...operand,
    shape: [rows, ...operand.shape.slice(1)],
    elements: bytes / 4,
    chunk: { index, start },
  }));
}

function flatChunks(operand: Operand, maxBindingBytes: number): readonly Operand[] {
  const chunks = chunkRows(operand.shape, maxBindingBytes);
  if (chunks.length === 1) return [operand];
  return chunks.map(({ start, bytes }, index) => ({
    ...operand,
    shape: [bytes / 4],
    elements: bytes / 4,
    chunk: { index, start },
  }));
}
