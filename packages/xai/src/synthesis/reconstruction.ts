import type { Graph, TensorData } from '@convscope/gpu-engine/graph';
import { layersOf, type Layer } from '../layers.ts';
import type { ParameterSpecification, ParameterValues } from '../method.ts';
import type { InversionOptions } from './inversion.ts';
import type { InversionOptimizer } from './inversion-step.ts';

/** What reconstruction and its ladder share. */
export const inversionParameters = {
  variation: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1e6,
    description: 'weight of total variation; 0: 1, 10 or 100 by the layer’s depth, for pictures of 227 pixels',
  },
  alphaNorm: { type: 'number', default: 8e-10, min: 0, max: 1, description: 'weight of the 6-norm, in display steps' },
  optimizer: {
    type: 'choice',
    default: 'momentum',
    choices: ['momentum', 'adam'],
    description: 'momentum as in the paper, or Adam, which gets further in deep layers of photos',
  },
  learningRate: {
    type: 'number',
    default: 0,
    min: 0,
    max: 255,
    description: 'of the first 100 steps; 0: 0.004, or the best of its halves, and 4 display steps for Adam',
  },
  length: { type: 'number', default: 1, min: 0.01, max: 20, description: 'of the schedule of 400 steps, as a factor' },
} as const satisfies Record<string, ParameterSpecification>;

/** The side of the pictures that the paper's weights are meant for. */
const PAPER_SIDE = 227;

/**
 * The weight of total variation by depth: 1 in the first third of the network's stages, 10 in the second, then 100, as
 * for pictures of 227 pixels. On small drawings these would leave a blur only, since a stroke is all edges there: the
 * weight falls with the side. (The paper has one size only; this is ours, chosen by looking at digits and photos.)
 */
export function variationByDepth(graph: Graph, layer: string, { shape }: Pick<TensorData, 'shape'>): number {
  const order = [...graph.producers.keys()];
  const stages = stagesOf(graph);
  const before = stages.filter(({ name }) => order.indexOf(name) <= order.indexOf(layer)).length;
  const third = Math.ceil((3 * Math.max(1, before)) / Math.max(1, stages.length));
  const [, , height = 1, width = 1] = shape;
  return (([1, 10, 100][Math.min(third, 3) - 1] ?? 1) * Math.sqrt(height * width)) / PAPER_SIDE;
}

/** The stages that a ladder shows, the first and the last among them, evenly spread where there are more. */
export function ladderLayers(graph: Graph, most: number): readonly string[] {
  const stages = stagesOf(graph);
  const count = Math.min(most, stages.length);
  return Array.from({ length: count }, (_, rung) => {
    const place = count === 1 ? 0 : Math.round((rung * (stages.length - 1)) / (count - 1));
    return (stages[place] as Layer).name;
  });
}

function stagesOf(graph: Graph): readonly Layer[] {
  const layers = layersOf(graph);
  const suggested = layers.filter((layer) => layer.suggested);
  return suggested.length > 0 ? suggested : layers;
}

/** What `inversion` is given, from a method's parameters. */
export function inversionSettings(
  parameters: ParameterValues,
): Pick<InversionOptions, 'alphaNorm' | 'optimizer' | 'learningRate' | 'length'> {
  const optimizer = parameters['optimizer'] as InversionOptimizer;
  return {
    optimizer,
    alphaNorm: Number(parameters['alphaNorm']),
    learningRate: Number(parameters['learningRate']) || (optimizer === 'adam' ? 4 : 0.004),
    length: Number(parameters['length']),
  };
}
