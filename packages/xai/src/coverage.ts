import {
  ancestors,
  ConvscopeError,
  elementCount,
  valueOf,
  withInputShapes,
  type Dimension,
  type Graph,
} from '@convscope/gpu-engine/graph';
import type { Model } from '@convscope/formats';
import type { Applicability } from './applicability.ts';
import { defaultLayer, layersOf, type Layer } from './layers.ts';
import { methodsFor } from './methods-for.ts';

/** What a model is and what can be done with it: said when it is opened, before anything runs. */
export interface Coverage {
  readonly name: string;
  readonly input: { readonly name: string; readonly shape: readonly Dimension[] };
  /** The values that class methods explain. */
  readonly logits: { readonly name: string; readonly shape: readonly Dimension[]; readonly classes?: number };
  readonly nodes: number;
  /** How many nodes of each op, the most frequent first. */
  readonly operators: readonly { readonly op: string; readonly count: number }[];
  /** Numbers in all parameters. */
  readonly parameters: number;
  readonly memory: MemoryEstimate;
  /** Layers worth looking at, from the input on, with sizes for the pictures that the model takes. */
  readonly layers: readonly Layer[];
  /** What methods look at where no layer is named; left out where there are no feature maps. */
  readonly defaults?: { readonly featureMaps: string; readonly classActivation: string };
  readonly methods: readonly Applicability[];
  /** The final steps that class methods leave out, in words: `the final softmax is left out for class methods`. */
  readonly stripped?: string;
}

/** Bytes on the GPU for one picture, at least: what kernels copy and transform, and buffers kept for reuse, come on top. */
export interface MemoryEstimate {
  readonly parameters: number;
  /** The most that intermediate values take at one time when the network runs. */
  readonly forward: number;
  /** The same for a gradient, which needs every value on the way once more: an upper bound. */
  readonly gradient: number;
}

/** The coverage report of a model, for one picture of the size that it takes. Needs no GPU. */
export function coverageOf(model: Model): Coverage {
  const graph = boundGraph(model);
  const input = valueOf(model.graph, model.input);
  const logits = valueOf(model.graph, model.logits);
  const classes = logits.shape.length === 2 ? logits.shape[1] : undefined;
  const stripped = model.notes.get('logits')?.replace(/^.*: (?=the final )/, '');
  const defaults = defaultsOf(graph, model.logits);
  return {
    name: model.name,
    input: { name: model.input, shape: input.shape },
    logits: { name: model.logits, shape: logits.shape, ...(typeof classes === 'number' ? { classes } : {}) },
    nodes: graph.nodes.length,
    operators: operatorsOf(graph),
    parameters: [...graph.parameters.keys()].reduce((sum, name) => sum + sizeOf(graph, name), 0),
    memory: memoryOf(graph),
    layers: layersOf(graph).filter(({ suggested }) => suggested),
    ...(defaults === undefined ? {} : { defaults }),
    methods: methodsFor(model),
    ...(stripped === undefined ? {} : { stripped }),
  };
}

/** The graph for one picture, or as it is where the network refuses that size. */
function boundGraph({ graph, input, preprocessing }: Model): Graph {
  const { channels, height, width } = preprocessing;
  const batch = valueOf(graph, input).shape[0];
  try {
    return withInputShapes(graph, new Map([[input, [typeof batch === 'number' ? batch : 1, channels, height, width]]]));
  } catch (thrown) {
    if (thrown instanceof ConvscopeError) return graph;
    throw thrown;
  }
}

function defaultsOf(graph: Graph, logits: string): Coverage['defaults'] {
  try {
    return {
      featureMaps: defaultLayer(graph, 'first-features', logits),
      classActivation: defaultLayer(graph, 'last-features', logits),
    };
  } catch (thrown) {
    if (thrown instanceof ConvscopeError && thrown.code === 'unknown-name') return undefined;
    throw thrown;
  }
}

function operatorsOf({ nodes }: Graph): Coverage['operators'] {
  const counts = new Map<string, number>();
  for (const { op } of nodes) counts.set(op, (counts.get(op) ?? 0) + 1);
  return [...counts]
    .map(([op, count]) => ({ op, count }))
    .toSorted((a, b) => b.count - a.count || (a.op < b.op ? -1 : 1));
}

/** By the lives of values: each is there from the node that makes it to the last that reads it. */
function memoryOf(graph: Graph): MemoryEstimate {
  const parameters = 4 * [...graph.parameters.keys()].reduce((sum, name) => sum + sizeOf(graph, name), 0);
  const kept = new Set([...graph.outputs].map((name) => valueOf(graph, name).name));
  const needed = ancestors(graph, kept);
  const lastUse = new Map<string, number>();
  graph.nodes.forEach(({ inputs }, index) => inputs.forEach((name) => lastUse.set(name, index)));
  const given = 4 * graph.inputs.reduce((sum, name) => sum + sizeOf(graph, name), 0);
  let [alive, forward, all, largest] = [given, given, 0, 0];
  graph.nodes.forEach(({ inputs, outputs }, index) => {
    for (const name of outputs) {
      const bytes = 4 * sizeOf(graph, name);
      alive += bytes;
      largest = Math.max(largest, bytes);
      if (needed.has(name)) all += bytes;
    }
    forward = Math.max(forward, alive);
    for (const name of new Set([...inputs, ...outputs])) {
      const isIntermediate = graph.producers.has(name) || graph.inputs.includes(name);
      const isOver = (lastUse.get(name) ?? index) === index && !kept.has(name);
      if (isIntermediate && isOver) alive -= 4 * sizeOf(graph, name);
    }
  });
  return { parameters, forward, gradient: 2 * given + all + 2 * largest };
}

/** The elements of a value; sizes that are left open count as 1. */
function sizeOf(graph: Graph, name: string): number {
  return elementCount(valueOf(graph, name).shape.map((size) => (typeof size === 'number' ? size : 1)));
}
