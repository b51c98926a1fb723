import { epilogueBindings } from '../device/epilogue-source.ts';
import { kernelEntry } from '../device/kernel-entry.ts';
import { sameShape } from '../graph/shared/axes.ts';
import { channelTable } from '../graph/shared/normalization.ts';
import {
  valueOf,
  type EpilogueForm,
  type EpilogueStep,
  type Graph,
  type GraphNode,
  type KernelCall,
  type Operand,
  type Transform,
} from '../graph/index.ts';
import type { DispatchLimits } from './placement.ts';

/** Nodes that the kernels of another node can do to each of their results, before they write them. */
export interface FusedEpilogue {
  /** In the order in which they follow the node. */
  readonly nodes: readonly GraphNode[];
  /** What the last of them gives. */
  readonly output: string;
  readonly form: EpilogueForm;
  /** For each step that reads something: the value, and the copy of it that the step wants. */
  readonly operands: readonly EpilogueOperand[];
}

export interface EpilogueOperand {
  readonly value: string;
  readonly transform?: (operandOf: (name: string) => Operand) => Transform;
}

interface Fusable {
  readonly step: EpilogueStep;
  readonly operand?: EpilogueOperand;
}

/** Ops whose kernels may have epilogues. */
const HOSTS = new Set(['conv2d', 'conv2dInputGradient', 'convTranspose2d', 'dense', 'matmul', 'unpool']);

/**
 * Finds for each convolution, product and unpooling the nodes that can follow it in its own kernels: bias, batch normalization with
 * given statistics, a sum or a gate with a value that is there already, ReLU and clip. A value that anyone else reads, or
 * that is `kept` (asked for, or an update), is computed as ever, and ends the chain.
 */
export function findEpilogues(
  graph: Graph,
  nodes: readonly GraphNode[],
  kept: ReadonlySet<string>,
): ReadonlyMap<GraphNode, FusedEpilogue> {
  const readers = new Map<string, GraphNode[]>();
  // When a value is there: before all nodes, or after the node at a position.
  const positions = new Map<string, number>();
  nodes.forEach((node, position) => {
    for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
    for (const output of node.outputs) positions.set(output, position);
  });
  const epilogues = new Map<GraphNode, FusedEpilogue>();
  nodes.forEach((host, position) => {
    if (!HOSTS.has(host.op)) return;
    let output = host.outputs[0] as string;
    const { shape } = valueOf(graph, output);
    const chain: (Fusable & { readonly node: GraphNode })[] = [];
    while (!kept.has(output)) {
      const [node, ...others] = readers.get(output) ?? [];
      if (node === undefined || others.length > 0) break;
      const fusable = fusableStep(graph, node, output);
      const isThere = node.inputs.every((input) => input === output || (positions.get(input) ?? -1) < position);
      if (fusable === undefined || !isThere) break;
      chain.push({ ...fusable, node });
      output = node.outputs[0] as string;
    }
    if (chain.length === 0) return;
    positions.set(output, position);
    epilogues.set(host, {
      nodes: chain.map(({ node }) => node),
      output,
      form: {
        steps: chain.map(({ step }) => step),
        inner: shape.slice(2).reduce<number>((product, size) => product * (size as number), 1),
      },
      operands: chain.flatMap(({ operand }) => (operand === undefined ? [] : [operand])),
    });
  });
  return epilogues;
}

/**
 * The calls of a node with the epilogue, whose operands these are. Undefined where it cannot be: all results have to go
 * through the hook of one kernel, which can bind all that it reads.
 */
export function withEpilogue(
  calls: readonly KernelCall[],
  { output, form }: FusedEpilogue,
  operands: readonly Operand[],
  { maxBindings, maxBindingBytes }: Pick<DispatchLimits, 'maxBindings' | 'maxBindingBytes'>,
): readonly KernelCall[] | undefined {
  const [last, ...others] = calls.filter((call) => written(call).some(({ name }) => name === output));
  if (last === undefined || others.length > 0) return undefined;
  const { hook, bindings } = kernelEntry(last.kernel);
  if (hook === undefined || written(last).length > 1 || (last.uniforms['accumulate'] ?? 0) !== 0) return undefined;
  const bound = [...Object.values(last.bindings), ...operands];
  const storage = bindings.filter(({ kind }) => kind !== 'uniform').length;
  const isSmall = bound.every(({ elements, chunk }) => chunk === undefined && 4 * elements <= maxBindingBytes);
  if (!isSmall || storage + operands.length > maxBindings) return undefined;
  const further = epilogueBindings(form).map(({ name }, index) => [name, operands[index] as Operand]);
  const fused: KernelCall = {
    ...last,
    epilogue: form,
    bindings: { ...last.bindings, ...(Object.fromEntries(further) as Record<string, Operand>) },
  };
  return calls.map((call) => (call === last ? fused : call));
}

function written({ kernel, bindings }: KernelCall): readonly Operand[] {
  return kernelEntry(kernel).bindings.flatMap(({ name, kind }) =>
    kind === 'write' ? [bindings[name] as Operand] : [],
  );
}

/** The node as a step after `value`, which it reads once. */
function fusableStep(graph: Graph, { op, inputs, attributes }: GraphNode, value: string): Fusable | undefined {
  const [first, second] = inputs as [string, string];
  const haveOneShape = () => sameShape(valueOf(graph, first).shape, valueOf(graph, second).shape);
  switch (op) {
    case 'bias':
      return value === first ? { step: { kind: 'bias' }, operand: { value: second } } : undefined;
    case 'batchNormInference': {
      if (value !== first) return undefined;
      const transform: EpilogueOperand['transform'] = (operandOf) =>
        channelTable(inputs.slice(1).map(operandOf), attributes['epsilon'] as number);
      return { step: { kind: 'normalize' }, operand: { value: second, transform } };
    }
    case 'add':
      return haveOneShape()
        ? { step: { kind: 'add' }, operand: { value: value === first ? second : first } }
        : undefined;
    case 'reluGradient':
      return value === first ? { step: { kind: 'gate' }, operand: { value: second } } : undefined;
    case 'relu':
      return { step: { kind: 'relu' } };
    case 'clip': {
      const numbers = [attributes['min'] as number, attributes['max'] as number];
      return numbers.every(Number.isFinite) ? { step: { kind: 'clip', numbers } } : undefined;
    }
    default:
      return undefined;
  }
}
