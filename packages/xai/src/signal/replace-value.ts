import { ancestors, GraphBuilder, valueOf, type Graph } from '@convscope/gpu-engine/graph';

/**
 * The graph with what `replace` makes of a value in the value's place: all nodes after it read that instead. What it adds
 * must have names of its own that no later node has. Throws what `GraphBuilder` does where shapes do not fit.
 */
export function withReplacedValue(
  graph: Graph,
  name: string,
  replace: (builder: GraphBuilder, value: string) => string,
): Graph {
  const replaced = valueOf(graph, name).name;
  const trunk = ancestors(graph, [replaced]);
  const builder = new GraphBuilder({ ...graph, nodes: [], outputs: [], aliases: new Map(), ...sources(graph) });
  const copy = (isTrunk: boolean, read: (input: string) => string): void => {
    for (const node of graph.nodes) {
      if (node.outputs.some((output) => trunk.has(output)) !== isTrunk) continue;
      builder.node(node.op, node.inputs.map(read), node.attributes, node.name, node.outputs);
    }
  };
  copy(true, (input) => input);
  const substitute = replace(builder, replaced);
  copy(false, (input) => (input === replaced ? substitute : input));
  for (const [alias, value] of graph.aliases) builder.alias(alias, value === replaced ? substitute : value);
  builder.output(...graph.outputs.map((output) => (output === replaced ? substitute : output)));
  return builder.build();
}

/** Everything that no node makes. */
function sources({ values, producers }: Graph): Pick<Graph, 'values' | 'producers'> {
  return { values: new Map([...values].filter(([name]) => !producers.has(name))), producers: new Map() };
}
