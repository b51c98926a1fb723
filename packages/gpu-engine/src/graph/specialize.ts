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
  const bound = (size: Dimension) =>
    typeof size === 'string' && Object.hasOwn(sizes, size) ? (sizes[size] as number) : size;
  return rebuild(graph, { inputShape: (_name, shape) => shape.map(bound) });
}

/** The same network for another batch: the first dimension of every input becomes `batch`. */
export function rebatch(graph: Graph, batch: Dimension): Graph {
  return rebuild(graph, { inputShape: (_name, shape) => (shape.length === 0 ? shape : [batch, ...shape.slice(1)]) });
}

/** The same network for inputs of other shapes. Throws `invalid-shape` at the first node that cannot take them. */
export function withInputShapes(graph: Graph, shapes: ReadonlyMap<string, readonly Dimension[]>): Graph {
  const inputShape = (name: string, shape: readonly Dimension[]): readonly Dimension[] => {
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
  };
  return rebuild(graph, { inputShape });
}

/** The trunk that computes the named values, and nothing else. They become the outputs; updates are dropped. */
export function upTo(graph: Graph, ...names: readonly string[]): Graph {
  const outputs = names.map((name) => valueOf(graph, name).name);
  const kept = ancestors(graph, outputs);
  const trunk: Graph = { ...graph, outputs, updates: new Map() };
  return rebuild(trunk, { kept });
}

/** The same network, whose nodes read in the place of the input what `insert` makes of it. */
export function withReplaced(graph: Graph, input: string, insert: (builder: GraphBuilder) => string): Graph {
  return rebuild(graph, {
    insert: (builder) => {
      const other = insert(builder);
      return (name) => (name === input ? other : name);
    },
  });
}

interface Rebuilding {
  /** By default inputs keep their shapes. */
  readonly inputShape?: (name: string, shape: readonly Dimension[]) => readonly Dimension[];
  /** By default all values. */
  readonly kept?: ReadonlySet<string>;
  /** Adds nodes before the others, and says what these read in the place of a value. */
  readonly insert?: (builder: GraphBuilder) => (name: string) => string;
}

/** Builds the graph again, node by node. */
function rebuild(
  graph: Graph,
  {
    inputShape = (_name, shape) => shape,
    kept = new Set(graph.values.keys()),
    insert = () => (name) => name,
  }: Rebuilding,
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
  const read = insert(builder);
  for (const node of graph.nodes) {
    if (node.outputs.some((output) => kept.has(output))) {
      builder.node(node.op, node.inputs.map(read), node.attributes, node.name, node.outputs);
    }
  }
  for (const [alias, name] of graph.aliases) if (kept.has(name)) builder.alias(alias, read(name));
  for (const [parameter, value] of graph.updates) builder.update(parameter, read(value));
  builder.output(...graph.outputs.map(read));
  return builder.build();
}
