import type { Model } from '@convscope/formats';
import { ConvscopeError, upTo, valueOf, type Graph, type GraphBuilder } from '@convscope/gpu-engine/graph';

/**
 * The part of the network that computes `layer`, for inputs of any shape [N, C, H, W] that its ops can take, also where
 * the file names one size only. Throws `invalid-shape` at the first node that cannot take it.
 */
export function trunkFor(model: Model, layer: string, shape: readonly number[]): Graph {
  const input = valueOf(model.graph, model.input);
  const values = new Map(model.graph.values).set(input.name, { ...input, shape });
  const trunk = upTo({ ...model.graph, values }, layer);
  if (trunk.inputs.length === 1 && trunk.inputs[0] === input.name) return trunk;
  throw new ConvscopeError('invalid-graph', 'the layer is not computed from the picture alone', {
    node: layer,
    got: trunk.inputs.join(', ') || 'no inputs',
    wanted: input.name,
  });
}

/** Adds a network after a value of a graph in the making: its input becomes that value, all other names stay. */
export function attachNetwork(builder: GraphBuilder, trunk: Graph, value: string): void {
  const input = trunk.inputs[0] as string;
  const renamed = (name: string): string => (name === input ? value : name);
  for (const name of trunk.parameters.keys()) {
    const { dtype, shape } = valueOf(trunk, name);
    builder.parameter(name, shape as readonly number[], { trainable: false }, dtype);
  }
  for (const [name, tensor] of trunk.constants) builder.constant(name, tensor);
  for (const { op, inputs, attributes, name, outputs } of trunk.nodes) {
    builder.node(op, inputs.map(renamed), attributes, name, outputs);
  }
  builder.alias(input, value);
  for (const [alias, name] of trunk.aliases) builder.alias(alias, renamed(name));
}
