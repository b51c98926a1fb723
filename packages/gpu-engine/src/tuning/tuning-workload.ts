import {
  ancestors,
  backward,
  ConvscopeError,
  GraphBuilder,
  rebatch,
  upTo,
  valueOf,
  withInputShapes,
  type Graph,
} from '../graph/index.ts';

export interface TuningWorkload {
  /** The class scores, [N, K]. */
  readonly logits: string;
  /** The input that takes pictures. */
  readonly input: string;
  /** Of the pictures: N, C, H, W. */
  readonly shape: readonly number[];
  /** Whether gradients of the parameters are wanted as well. Default: false. */
  readonly training?: boolean;
}

/**
 * A graph of the work whose kernels are to be measured: the class scores and their gradient to the picture, which is
 * what explanations compute; for training also that to every trainable parameter. Throws `invalid-shape` where the
 * network does not take such pictures, `invalid-graph` where parameters are asked for and none are trainable.
 */
export function tuningWorkload(graph: Graph, { logits, input, shape, training = false }: TuningWorkload): Graph {
  const trunk = rebatch(upTo(graph, logits), shape[0] as number);
  const bound = withInputShapes(trunk, new Map([[input, shape]]));
  const scores = valueOf(bound, logits);
  const reached = ancestors(bound, [scores.name]);
  const trainable = [...bound.parameters].flatMap(([name, declaration]) =>
    declaration.trainable && reached.has(name) ? [name] : [],
  );
  if (training && trainable.length === 0) throw new ConvscopeError('invalid-graph', 'no parameters can be trained');
  const builder = new GraphBuilder({ ...bound, outputs: [] });
  const seed = builder.input(freeName(bound, 'seed'), 'float32', scores.shape);
  builder.output(scores.name);
  const wrt = [input, ...(training ? trainable : [])];
  const { graph: whole, cotangents } = backward(builder.build(), { of: scores.name, seed, wrt });
  return { ...whole, outputs: [scores.name, ...wrt.map((name) => cotangents.get(name) as string)] };
}

function freeName(graph: Graph, stem: string): string {
  let name = stem;
  for (let count = 1; graph.values.has(name) || graph.aliases.has(name); count++) name = `${stem}${count}`;
  return name;
}
