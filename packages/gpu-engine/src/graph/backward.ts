import type { Attributes } from './attributes.ts';
import { GraphBuilder } from './builder.ts';
import { concreteShape } from './dimension.ts';
import { ConvscopeError } from './errors.ts';
import { ancestors, valueOf, type Graph, type GraphNode } from './graph.ts';
import { opNamed } from './op-named.ts';
import type { Cotangents, GradientContext } from './op.ts';
import { elementCount, float32Tensor, shapeText } from './tensor-data.ts';

/** What a rule sees: everything that a gradient sees, and the op's own gradient to fall back on. */
export interface RuleContext extends GradientContext {
  /** The op's own gradient, of the cotangents that arrived or of others in their place. */
  readonly gradient: (cotangents?: Cotangents) => Cotangents;
}

/** Replaces the gradient of the nodes that it matches. The first rule that matches a node counts. */
export interface BackwardRule {
  readonly matches: (node: GraphNode, position: number) => boolean;
  readonly apply: (context: RuleContext) => Cotangents;
}

export interface BackwardOptions {
  /** The value to start from. */
  readonly of: string;
  /** A value of the same shape: the cotangent of `of`. Without it, `of` must have one element, and the seed is 1. */
  readonly seed?: string;
  /** The values whose cotangents are wanted: inputs, parameters or anything between. */
  readonly wrt: readonly string[];
  readonly rules?: readonly BackwardRule[];
}

export interface BackwardResult {
  /** The graph given, and the backward nodes after it. */
  readonly graph: Graph;
  /** The cotangent of every value that the signal passed, by the value's name; all of `wrt` are in it. */
  readonly cotangents: ReadonlyMap<string, string>;
}

/**
 * Reverse-mode differentiation as a graph transform: every node's gradient, or the rule in its place, adds nodes.
 * All shapes must be concrete (see `specialize`). Throws `invalid-graph` where `of` does not depend on a value of `wrt`.
 */
export function backward(graph: Graph, { of, seed, wrt, rules = [] }: BackwardOptions): BackwardResult {
  const target = valueOf(graph, of);
  const wanted = wrt.map((name) => valueOf(graph, name).name);
  const builder = new GraphBuilder(graph);
  const arrived = new Map<string, string>([[target.name, seedValue(builder, graph, of, seed)]]);
  const needed = dependents(graph, wanted);
  const onPath = ancestors(graph, [target.name]);

  for (let position = graph.nodes.length - 1; position >= 0; position--) {
    const node = graph.nodes[position] as GraphNode;
    const cotangents = node.outputs.map((output) => arrived.get(output));
    const asked = node.inputs.map((input) => needed.has(input));
    if (!asked.includes(true) || !node.outputs.some((output) => onPath.has(output))) continue;
    if (cotangents.every((name) => name === undefined)) continue;
    const results = differentiate(builder, node, position, cotangents, asked, rules);
    node.inputs.forEach((input, index) => {
      const result = results[index];
      if (result === undefined || asked[index] !== true) return;
      checkCotangent(builder, node, input, result);
      const before = arrived.get(input);
      arrived.set(input, before === undefined ? result : builder.op('add', [before, result]));
    });
  }

  for (const name of wanted) {
    if (!arrived.has(name)) {
      throw new ConvscopeError('invalid-graph', `${of} does not depend on ${name} in a differentiable way`);
    }
  }
  return { graph: builder.build(), cotangents: arrived };
}

function differentiate(
  builder: GraphBuilder,
  node: GraphNode,
  position: number,
  cotangents: readonly (string | undefined)[],
  needed: readonly boolean[],
  rules: readonly BackwardRule[],
): Cotangents {
  const definition = opNamed(node.op, node.name);
  const stem = `${node.name}.backward`;
  const nodes = (op: string, inputs: readonly string[], attributes: Attributes = {}): readonly string[] =>
    builder.node(op, inputs, attributes, builder.freshName(stem));
  const context: GradientContext = {
    node,
    attributes: node.attributes,
    cotangents,
    needed,
    value: (name) => builder.value(name),
    nodes,
    op: (op, inputs, attributes) => nodes(op, inputs, attributes)[0] as string,
  };
  const gradient = (given: Cotangents = cotangents): Cotangents => {
    if (definition.gradient !== undefined) return definition.gradient({ ...context, cotangents: given });
    throw new ConvscopeError('invalid-graph', `the op ${node.op} has no gradient`, { node: node.name });
  };
  const rule = rules.find((candidate) => candidate.matches(node, position));
  return rule === undefined ? gradient() : rule.apply({ ...context, gradient });
}

function seedValue(builder: GraphBuilder, graph: Graph, of: string, seed: string | undefined): string {
  const { name, shape } = valueOf(graph, of);
  const wanted = concreteShape(shape, name);
  if (seed !== undefined) {
    const given = builder.value(seed);
    if (shapeText(given.shape) === shapeText(shape)) return given.name;
    throw new ConvscopeError('invalid-shape', 'the seed does not have the shape of what it seeds', {
      node: name,
      got: shapeText(given.shape),
      wanted: shapeText(shape),
    });
  }
  if (elementCount(wanted) !== 1) {
    throw new ConvscopeError('invalid-shape', 'a value of many elements needs a seed', {
      node: name,
      got: shapeText(wanted),
      wanted: 'one element, or a seed of the same shape',
    });
  }
  return builder.constant(builder.freshName(`${name}.seed`), float32Tensor(wanted, [1]));
}

/** Every value that is computed from one of the names, themselves included. */
function dependents(graph: Graph, names: readonly string[]): ReadonlySet<string> {
  const reached = new Set(names);
  for (const node of graph.nodes) {
    if (node.inputs.some((input) => reached.has(input))) for (const output of node.outputs) reached.add(output);
  }
  return reached;
}

function checkCotangent(builder: GraphBuilder, node: GraphNode, input: string, cotangent: string): void {
  const wanted = shapeText(builder.value(input).shape);
  const got = shapeText(builder.value(cotangent).shape);
  if (got === wanted) return;
  throw new ConvscopeError('invalid-shape', `the cotangent of ${input} has another shape than the value`, {
    node: node.name,
    got,
    wanted,
  });
}
