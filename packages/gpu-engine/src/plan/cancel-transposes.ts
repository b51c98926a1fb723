import type { Graph, GraphNode } from '../graph/index.ts';

/** A value as another one with its axes in another order. */
interface Origin {
  readonly value: string;
  readonly permutation: readonly number[];
}

/**
 * The graph whose transposes each read what the first of a chain of them reads: one transpose remains of several, and
 * none where the axes are as they were. Values that nobody reads any more are left for others to drop.
 */
export function cancelTransposes(graph: Graph): Graph {
  const origins = new Map<string, Origin>();
  const nodes = graph.nodes.map((node): GraphNode => {
    const [input, output] = [node.inputs[0] as string, node.outputs[0] as string];
    const before = origins.get(input);
    if (node.op === 'identity' && before !== undefined) origins.set(output, before);
    if (node.op !== 'transpose') return node;
    const own = node.attributes['permutation'] as readonly number[];
    const { value, permutation } = before ?? { value: input, permutation: own.map((_, axis) => axis) };
    const both = own.map((axis) => permutation[axis] as number);
    origins.set(output, { value, permutation: both });
    if (both.every((axis, place) => axis === place))
      return { ...node, op: 'identity', inputs: [value], attributes: {} };
    return before === undefined ? node : { ...node, inputs: [value], attributes: { permutation: both } };
  });
  if (origins.size === 0) return graph;
  const producers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  return { ...graph, nodes, producers };
}
