import type { Attributes } from './attributes.ts';
import type { Dimension } from './dimension.ts';
import { ConvscopeError } from './errors.ts';
import type { DType, TensorData } from './tensor-data.ts';

/** A named tensor of the graph. It has one producer: an input, a parameter, a constant, a scalar or one node. */
export interface Value {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly Dimension[];
}

/** One application of an op. Inputs and outputs are names of values; a node may have several outputs. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** How a fresh parameter is filled: zeros, ones, or normal numbers of the given standard deviation. */
export type Initial =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'ones' }
  | { readonly kind: 'normal'; readonly standardDeviation: number };

/** A parameter lives outside the graph, in a ParameterSet. Optimisers touch only trainable ones. */
export interface ParameterDeclaration {
  readonly trainable: boolean;
  readonly initial: Initial;
}

/**
 * An immutable network in SSA form. Nodes stand in an order in which they can be computed.
 * `updates` maps a parameter to the value that replaces it when a run has ended, after all reads.
 * `aliases` gives a value further names.
 */
export interface Graph {
  readonly values: ReadonlyMap<string, Value>;
  readonly inputs: readonly string[];
  /** Inputs of shape [] that change on every run: learning rate, step, seeds. */
  readonly scalars: readonly string[];
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly constants: ReadonlyMap<string, TensorData>;
  readonly nodes: readonly GraphNode[];
  readonly producers: ReadonlyMap<string, GraphNode>;
  readonly outputs: readonly string[];
  readonly updates: ReadonlyMap<string, string>;
  readonly aliases: ReadonlyMap<string, string>;
}

/** The value that goes by this name or alias. Throws `unknown-name`, naming near ones. */
export function valueOf(graph: Graph, name: string): Value {
  const value = graph.values.get(graph.aliases.get(name) ?? name);
  if (value !== undefined) return value;
  throw new ConvscopeError('unknown-name', `the graph has no value named ${JSON.stringify(name)}`, {
    wanted: nearNames(name, [...graph.aliases.keys(), ...graph.values.keys()]),
  });
}

/** The values that a set of values is computed from, themselves included. */
export function ancestors(graph: Graph, names: Iterable<string>): ReadonlySet<string> {
  const seen = new Set<string>();
  const pending = [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    pending.push(...(graph.producers.get(name)?.inputs ?? []));
  }
  return seen;
}

function nearNames(name: string, names: readonly string[]): string {
  const lower = name.toLowerCase();
  const near = names.filter((other) => other.toLowerCase().includes(lower) || lower.includes(other.toLowerCase()));
  const shown = (near.length > 0 ? near : names).slice(0, 12);
  return `one of ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
}
