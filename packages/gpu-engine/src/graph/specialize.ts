import { GraphBuilder } from './builder.ts';
import type { Dimension } from './dimension.ts';
import { ConvscopeError } from './errors.ts';
import { ancestors, valueOf, type Graph } from './graph.ts';
import { shapeText } from './tensor-data.ts';

/** Binds symbolic sizes of the inputs (`{ N: 8 }`) and infers every shape anew. Symbols not named stay symbols. */
export function specialize(graph: Graph, sizes: Readonly<Record<string, number>>): Graph {
  const symbols = new Set<string>();
  for (const input of graph.inputs) {
    for (const size of valueOf(graph, input).shape) if (typeof size === 'string') symbols.add(size);
  }
  for (const [symbol, size] of Object.entries(sizes)) {
    if (!symbols.has(symbol)) {
      throw new ConvscopeError('unknown-name', 'no input has this symbolic size', {
        got: symbol,
        wanted: [...symbols].join(', ') || 'none: all sizes are numbers',
      });
    }
    if (!Number.isInteger(size) || size < 1) {
      throw new ConvscopeError('invalid-shape', `the size for ${symbol} is not valid`, {
        got: String(size),
        wanted: 'an integer of at least 1',
      });
    }
  }
  return rebuild(graph, (_name, shape) =>
    shape.map((size) => (typeof size === 'string' && Object.hasOwn(sizes, size) ? (sizes[size] as number) : size)),
  );
}

/** The same network for another batch: the first dimension of every input becomes `batch`. */
export function rebatch(graph: Graph, batch: Dimension): Graph {
  return rebuild(graph, (_name, shape) => (shape.length === 0 ? shape : [batch, ...shape.slice(1)]));
}

/** The same network for inputs of other shapes. Throws `invalid-shape` at the first node that cannot take them. */
export function withInputShapes(graph: Graph, shapes: ReadonlyMap<string, readonly Dimension[]>): Graph {
  return rebuild(graph, (name, shape) => {
    const wanted = shapes.get(name) ?? shape;
    const fits =
      wanted.length === shape.length &&
      wanted.every((size, axis) => typeof shape[axis] === 'string' || shape[axis] === size);
    if (fits) return wanted;
    throw new ConvscopeError('invalid-shape', 'the input does not fit the network', {
      node: name,
      got: shapeText(wanted),
      wanted: shapeText(shape),
    });
  });
}

/** The trunk that computes the named values, and nothing else. They become the outputs; updates are dropped. */
export function upTo(graph: Graph, ...names: readonly string[]): Graph {
  const outputs = names.map((name) => valueOf(graph, name).name);
  const kept = ancestors(graph, outputs);
  const trunk: Graph = { ...graph, outputs, updates: new Map() };
  return rebuild(trunk, (_name, shape) => shape, kept);
}

/** Builds the graph again, node by node, with inputs reshaped and only the values in `kept`. */
function rebuild(
  graph: Graph,
  inputShape: (name: string, shape: readonly Dimension[]) => readonly Dimension[],
  kept: ReadonlySet<string> = new Set(graph.values.keys()),
): Graph {
  const builder = new GraphBuilder();
  for (const name of graph.inputs) {
    const { dtype, shape } = valueOf(graph, name);
    if (kept.has(name)) builder.input(name, dtype, inputShape(name, shape));
  }
  for (const name of graph.scalars) if (kept.has(name)) builder.scalar(name, valueOf(graph, name).dtype);
  for (const [name, declaration] of graph.parameters) {
    const { dtype, shape } = valueOf(graph, name);
    if (kept.has(name)) builder.parameter(name, shape as readonly number[], declaration, dtype);
  }
  for (const [name, tensor] of graph.constants) if (kept.has(name)) builder.constant(name, tensor);
  for (const node of graph.nodes) {
    if (node.outputs.some((output) => kept.has(output))) {
      builder.node(node.op, node.inputs, node.attributes, node.name, node.outputs);
    }
  }
  for (const [alias, name] of graph.aliases) if (kept.has(name)) builder.alias(alias, name);
  for (const [parameter, value] of graph.updates) builder.update(parameter, value);
  builder.output(...graph.outputs);
  return builder.build();
}
