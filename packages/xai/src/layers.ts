import { ConvscopeError, valueOf, type Graph, type Value } from '@convscope/gpu-engine/graph';

/** A value of the graph that can be looked at: feature maps [N, C, H, W] or a vector of units [N, F]. */
export interface Layer {
  /** The value's name, which `--layer` takes. */
  readonly name: string;
  readonly op: string;
  readonly kind: 'features' | 'vector';
  /** Without the batch. */
  readonly shape: readonly (number | string)[];
  /** Whether it is what a whole convolution stage gives: after bias, normalization and activation. */
  readonly suggested: boolean;
}

/** Ops that belong to the convolution or dense op before them. */
const STAGE_OPS = new Set(
  (
    'bias batchNorm batchNormInference instanceNorm groupNorm dropout relu clip leakyRelu prelu elu selu celu sigmoid ' +
    'hardSigmoid tanh softplus softsign gelu silu hardSwish mish thresholdedRelu'
  ).split(' '),
);
const STAGE_STARTS = new Set(['conv2d', 'convTranspose2d', 'dense']);

/** All values that can be looked at, from the input to the output. */
export function layersOf(graph: Graph): readonly Layer[] {
  const layers: Layer[] = [];
  for (const node of graph.nodes) {
    const value = valueOf(graph, node.outputs[0] as string);
    const kind = value.shape.length === 4 ? 'features' : value.shape.length === 2 ? 'vector' : undefined;
    if (kind === undefined || value.dtype !== 'float32') continue;
    layers.push({
      name: value.name,
      op: node.op,
      kind,
      shape: value.shape.slice(1),
      suggested: endsStage(graph, value.name),
    });
  }
  return layers;
}

/** The first or the last stage of feature maps. Throws `unknown-name` where the network has no feature maps. */
export function defaultLayer(graph: Graph, which: 'first-features' | 'last-features'): string {
  const features = layersOf(graph).filter(({ kind, shape }) => kind === 'features' && shape[1] !== 1);
  const stages = features.filter(({ suggested }) => suggested);
  const candidates = stages.length > 0 ? stages : features;
  const layer = which === 'first-features' ? candidates[0] : candidates.at(-1);
  if (layer === undefined) throw new ConvscopeError('unknown-name', 'the network has no feature maps');
  return layer.name;
}

/** The named value as feature maps. Throws `unknown-name` or `invalid-parameter`. */
export function featureLayer(graph: Graph, name: string): Value {
  const value = valueOf(graph, name);
  if (value.shape.length === 4 && value.dtype === 'float32') return value;
  throw new ConvscopeError('invalid-parameter', 'the layer has no feature maps', {
    node: name,
    got: `${value.dtype} ${value.shape.join('x')}`,
    wanted: `a layer of maps, such as ${defaultLayer(graph, 'last-features')}`,
  });
}

function endsStage(graph: Graph, name: string): boolean {
  let node = graph.producers.get(name);
  if (graph.nodes.some((next) => next.inputs[0] === name && STAGE_OPS.has(next.op))) return false;
  while (node !== undefined && STAGE_OPS.has(node.op)) node = graph.producers.get(node.inputs[0] as string);
  return node !== undefined && STAGE_STARTS.has(node.op);
}
