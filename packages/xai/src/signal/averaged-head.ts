import { ConvscopeError, valueOf, type Graph, type GraphNode } from '@convscope/gpu-engine/graph';
import type { Model } from '@convscope/formats';

/** Where a network averages maps over space and computes its class scores from the averages linearly. */
export interface AveragedHead {
  /** The maps [N, C, h, w] that are averaged. */
  readonly maps: string;
  /** Their averages. */
  readonly averages: string;
}

/** Ops of one input that are affine in it. */
const AFFINE = new Set(
  'bias dense flatten reshape squeeze unsqueeze identity dropout scale batchNormInference transpose'.split(' '),
);

/**
 * The head that Zhou et al. (2016) need: maps, their averages over space, and nothing but affine ops from there to
 * the logits (none at all in fully convolutional networks). Throws `invalid-parameter`, saying what is in the way.
 */
export function averagedHead(graph: Graph, logits: string): AveragedHead {
  let name = valueOf(graph, logits).name;
  if (!graph.nodes.some((node) => averagesSpace(graph, node))) throw refusal('nothing is averaged over space', name);
  for (;;) {
    const node = graph.producers.get(name);
    if (node === undefined) throw refusal('the class scores are not made of averages over space', name);
    const maps = node.inputs[0] as string;
    if (averagesSpace(graph, node)) return { maps, averages: name };
    if (!isAffine(graph, node)) throw refusal(`${node.op} stands between the averages and the class scores`, node.name);
    name = maps;
  }
}

/** Undefined where the model has such a head, else what is in the way. */
export function missingHead({ graph, logits }: Model): string | undefined {
  try {
    averagedHead(graph, logits);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ConvscopeError) return thrown.message;
    throw thrown;
  }
}

function refusal(reason: string, node: string): ConvscopeError {
  return new ConvscopeError('invalid-parameter', reason, {
    node,
    wanted: 'a network whose class scores are linear in global averages of its last maps; Grad-CAM works on all',
  });
}

function averagesSpace(graph: Graph, { op, inputs, attributes }: GraphNode): boolean {
  const { shape } = valueOf(graph, inputs[0] as string);
  if (shape.length !== 4) return false;
  if (op === 'globalAveragePool') return true;
  if (op === 'reduceMean') {
    const axes = (attributes['axes'] as readonly number[]).map((axis) => (axis < 0 ? axis + 4 : axis));
    return axes.length === 2 && axes.includes(2) && axes.includes(3);
  }
  const [height, width] = (attributes['kernelSize'] ?? []) as readonly number[];
  const pads = (attributes['pads'] ?? []) as readonly number[];
  return op === 'averagePool' && height === shape[2] && width === shape[3] && pads.every((pad) => pad === 0);
}

/** Affine in its first input; a convolution of single places is a dense layer. */
function isAffine(graph: Graph, { op, inputs, outputs }: GraphNode): boolean {
  if (AFFINE.has(op)) return inputs.slice(1).every((input) => isFixed(graph, input));
  const [, , height, width] = valueOf(graph, outputs[0] as string).shape;
  if (op === 'conv2d') return height === 1 && width === 1 && isFixed(graph, inputs[1] as string);
  return (op === 'add' || op === 'multiply') && isFixed(graph, inputs[1] as string);
}

function isFixed(graph: Graph, name: string): boolean {
  return graph.parameters.has(name) || graph.constants.has(name);
}
