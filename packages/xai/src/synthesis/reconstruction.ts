import type { Graph, TensorData } from '@convscope/gpu-engine/graph';
import { layersOf, type Layer } from '../layers.ts';
import type { ParameterSpecification, ParameterValues } from '../method.ts';
import type { InversionOptions } from './inversion.ts';
import { INVERSION_SPACES, type InversionOptimizer, type InversionSpace } from './inversion-step.ts';

/** What reconstruction and its ladder share. */
export const inversionParameters = {
  variation: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1e6,
    description:
      'weight of total variation; 0: by the layer’s depth, from 1 to 16 in the spectrum and to 100 for pixels, at 227 x 227',
  },
  alphaNorm: { type: 'number', default: 8e-10, min: 0, max: 1, description: 'weight of the 6-norm, in display steps' },
  space: {
    type: 'choice',
    default: 'fourier',
    choices: INVERSION_SPACES,
    description:
      'what is optimised: the spectrum, which finds large shapes and colours too, or the pixels as in the paper',
  },
  optimizer: {
    type: 'choice',
    default: 'adam',
    choices: ['adam', 'momentum'],
    description: 'Adam over 300 steps, or momentum over 400 as in the paper',
  },
  learningRate: {
    type: 'number',
    default: 0,
    min: 0,
    max: 255,
    description: 'at the start; 0: 5 display steps for Adam, for momentum 0.004 or the best of its halves',
  },
  length: { type: 'number', default: 1, min: 0.01, max: 20, description: 'of the schedule of steps, as a factor' },
} as const satisfies Record<string, ParameterSpecification>;

/** The side of the pictures that the paper's weights are meant for. */
const PAPER_SIDE = 227;

/** The weight of total variation in each third of a network's stages, for pictures of 227 pixels. */
const VARIATION_BY_THIRD: Readonly<Record<InversionSpace, readonly [number, number, number]>> = {
  pixel: [1, 10, 100],
  fourier: [1, 4, 16],
};

/**
 * The weight of total variation by depth. For pixels, the paper's; less for the spectrum, which makes smooth pictures by
 * itself. On small drawings these would leave a blur only, since a stroke is all edges there: the weight falls with the
 * side. (The paper has one size only; this and the spectrum's are ours, chosen by looking at digits and photos.)
 */
export function variationByDepth(
  graph: Graph,
  layer: string,
  { shape }: Pick<TensorData, 'shape'>,
  space: InversionSpace,
): number {
  const order = [...graph.producers.keys()];
  const stages = stagesOf(graph);
  const before = stages.filter(({ name }) => order.indexOf(name) <= order.indexOf(layer)).length;
  const third = Math.ceil((3 * Math.max(1, before)) / Math.max(1, stages.length));
  const weights = VARIATION_BY_THIRD[space];
  const [, , height = 1, width = 1] = shape;
  return ((weights[Math.min(third, 3) - 1] ?? weights[0]) * Math.sqrt(height * width)) / PAPER_SIDE;
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
): Pick<InversionOptions, 'alphaNorm' | 'optimizer' | 'space' | 'learningRate' | 'length'> {
  const optimizer = parameters['optimizer'] as InversionOptimizer;
  return {
    optimizer,
    space: parameters['space'] as InversionSpace,
    alphaNorm: Number(parameters['alphaNorm']),
    learningRate: Number(parameters['learningRate']) || (optimizer === 'adam' ? 5 : 0.004),
    length: Number(parameters['length']),
  };
}
