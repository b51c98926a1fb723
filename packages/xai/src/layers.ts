import {
  ancestors,
  ConvscopeError,
  valueOf,
  type Graph,
  type GraphNode,
  type Value,
} from '@convscope/gpu-engine/graph';

/** A value of the graph that can be looked at: feature maps [N, C, H, W] or a vector of units [N, F]. */
export interface Layer {
  /** The value's name, which `--layer` takes. */
  readonly name: string;
  readonly op: string;
  readonly kind: 'features' | 'vector';
  /** Without the batch. */
  readonly shape: readonly (number | string)[];
  /**
   * Whether it is what a whole stage gives: a convolution or dense op after bias, normalization and activation, or
   * where branches meet (residual sums, concatenations, gates). Ends of branches that only go into such a meeting are
   * steps on the way to it.
   */
  readonly suggested: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const STAGE_STARTS = words('conv2d convTranspose2d dense matmul');
/** Ops that belong to the stage before them. */
const STAGE_OPS = words(
  'bias batchNorm batchNormInference instanceNorm groupNorm layerNorm rmsNorm lrn lpNormalization scale identity cast dropout ' +
    'relu clip leakyRelu prelu elu selu celu sigmoid hardSigmoid tanh softplus softsign gelu erf silu hardSwish mish ' +
    'thresholdedRelu',
);
/** With one computed input these belong to the stage before them; with several, branches meet in the first kind. */
const MEETINGS = words('add multiply maximum minimum concat');
const SCALINGS = words('subtract divide');
/** Between class maps and class scores there is nothing else. */
const POOLS_TO_SCORES = words(
  'globalAveragePool reduceMean reduceSum flatten reshape squeeze unsqueeze identity cast dropout softmax logSoftmax sigmoid',
);

/** All values that can be looked at, from the input to the output; what depends on no input is left out. */
export function layersOf(graph: Graph): readonly Layer[] {
  const stages = stagesOf(graph);
  const layers: Layer[] = [];
  for (const node of graph.nodes) {
    for (const name of node.outputs) {
      const value = valueOf(graph, name);
      const kind = value.shape.length === 4 ? 'features' : value.shape.length === 2 ? 'vector' : undefined;
      if (kind === undefined || value.dtype !== 'float32' || !stages.computed.has(name)) continue;
      const suggested = stages.ends.has(name) && !isPoint(value);
      layers.push({ name, op: node.op, kind, shape: value.shape.slice(1), suggested });
    }
  }
  return layers;
}

/**
 * The first or the last stage of feature maps on the way to the class scores. Maps that hold one channel a class and
 * are only averaged to the scores (SqueezeNet's last convolution) count as scores, not as features: a class activation
 * map of them would repeat the class's own channel.
 *
 * @param logits the class scores; the graph's first output where it is not given.
 * @throws ConvscopeError `unknown-name` where the network has no feature maps.
 */
export function defaultLayer(
  graph: Graph,
  which: 'first-features' | 'last-features',
  logits: string | undefined = graph.outputs[0],
): string {
  const features = layersOf(graph).filter(
    ({ kind, shape }) => kind === 'features' && !(shape[1] === 1 && shape[2] === 1),
  );
  const scores = logits === undefined ? undefined : valueOf(graph, logits).name;
  const onTheWay = scores === undefined ? undefined : ancestors(graph, [scores]);
  const classMaps = scores === undefined ? new Set<string>() : classMapsOf(graph, scores);
  const candidates = [
    features.filter(({ name, suggested }) => suggested && onTheWay?.has(name) !== false && !classMaps.has(name)),
    features.filter(({ suggested }) => suggested),
    features,
  ].find((list) => list.length > 0);
  const layer = which === 'first-features' ? candidates?.[0] : candidates?.at(-1);
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

/** What is computed from inputs, and where stages end: one pass over the nodes. */
function stagesOf(graph: Graph): { readonly computed: ReadonlySet<string>; readonly ends: ReadonlySet<string> } {
  const computed = new Set<string>(graph.inputs);
  /** What some convolution or dense op has gone into. */
  const learned = new Set<string>();
  /** Turned to N x H x W x C, as exporters do around layer normalization: no maps as they stand. */
  const channelsLast = new Set<string>();
  const inStage = new Set<string>();
  /** Values that the same stage goes on from. */
  const continued = new Set<string>();
  const readAlone = new Set<string>();
  const readAtMeeting = new Set<string>();
  for (const node of graph.nodes) {
    const sources = node.inputs.filter((name) => computed.has(name));
    const [source] = sources;
    if (source === undefined) continue;
    const role = roleOf(node, sources.length);
    const isLearned = role === 'start' || sources.some((name) => learned.has(name));
    const isTurned = turns(node) ?? channelsLast.has(source);
    for (const name of node.outputs) {
      computed.add(name);
      if (isLearned) learned.add(name);
      if (isTurned) channelsLast.add(name);
    }
    for (const name of sources) (role === 'meeting' ? readAtMeeting : readAlone).add(name);
    const isStage = role === 'start' || (role === 'meeting' && isLearned) || (role === 'step' && inStage.has(source));
    if (isStage) inStage.add(node.outputs[0] as string);
    if (role === 'step') continued.add(source);
  }
  const ends = new Set<string>();
  for (const name of inStage) {
    const isBranch = readAtMeeting.has(name) && !readAlone.has(name);
    if (!continued.has(name) && !isBranch && !channelsLast.has(name)) ends.add(name);
  }
  return { computed, ends };
}

/** Whether a transpose turns channels last (true) or back (false); undefined for everything else. */
function turns({ op, attributes }: GraphNode): boolean | undefined {
  if (op !== 'transpose') return undefined;
  const order = String(attributes['permutation'] ?? '');
  return order === '0,2,3,1' ? true : order === '0,3,1,2' ? false : undefined;
}

function roleOf({ op }: GraphNode, computedInputs: number): 'start' | 'step' | 'meeting' | 'other' {
  if (STAGE_STARTS.has(op)) return 'start';
  if (STAGE_OPS.has(op)) return 'step';
  if (computedInputs > 1) return MEETINGS.has(op) ? 'meeting' : 'other';
  return MEETINGS.has(op) || SCALINGS.has(op) ? 'step' : 'other';
}

/** Maps that are only averaged to the scores, and the steps of their own stage: each channel is a class. */
function classMapsOf(graph: Graph, scores: string): ReadonlySet<string> {
  let node = graph.producers.get(scores);
  let isPooled = false;
  while (node !== undefined && POOLS_TO_SCORES.has(node.op)) {
    isPooled ||= valueOf(graph, node.inputs[0] as string).shape.length === 4;
    node = graph.producers.get(node.inputs[0] as string);
  }
  const maps = new Set<string>();
  if (!isPooled) return maps;
  for (; node !== undefined; node = graph.producers.get(node.inputs[0] as string)) {
    for (const name of node.outputs) maps.add(name);
    if (!STAGE_OPS.has(node.op)) break;
  }
  return maps;
}

function isPoint({ shape }: Value): boolean {
  return shape.length === 4 && shape[2] === 1 && shape[3] === 1;
}
