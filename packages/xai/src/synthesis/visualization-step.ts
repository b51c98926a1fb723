import type { Model } from '@convscope/formats';
import { addOptimizer, type Optimizer } from '@convscope/gpu-engine';
import { backward, float32Tensor, GraphBuilder, type Graph } from '@convscope/gpu-engine/graph';
import { attachNetwork, trunkFor } from './attach-network.ts';
import type { Parameterization } from './parameterization.ts';
import { addPreprocessing } from './picture-space.ts';
import { redirectedReluRules } from './redirected-relu.ts';
import { addView } from './transforms.ts';

/** Names in a step's graph. */
export const VISUALIZATION = {
  state: 'visualization.state',
  weights: 'visualization.weights',
  loss: 'visualization.loss',
  gradient: 'visualization.gradient',
} as const;

export const ADAM: Optimizer = { kind: 'adam' };

export interface VisualizationStepOptions {
  readonly layer: string;
  /** The pictures' shape [N, C, H, W]. */
  readonly shape: readonly number[];
  readonly parameterization: Parameterization;
  readonly isTransformed: boolean;
  /** Whether the gradients of ReLUs that let nothing through are redirected. */
  readonly isRedirected: boolean;
  /** How much pictures are rewarded for being unlike each other; 0 for not at all. */
  readonly diversity: number;
  /** The power of the cosine by which the dot product with a direction is multiplied; 0 for the dot product alone. */
  readonly cosinePower: number;
}

/**
 * One step of feature visualization as one graph: samples from the state, transformed, through the network to the
 * layer, the loss, its gradient, and Adam's update of the state. The loss is minus the mean over pictures of the layer's
 * product with the input `weights`, which has the layer's shape.
 */
export function visualizationStep(model: Model, options: VisualizationStepOptions): Graph {
  const { layer, shape, parameterization, isTransformed, isRedirected, diversity, cosinePower } = options;
  const builder = new GraphBuilder();
  const state = builder.parameter(VISUALIZATION.state, parameterization.shape);
  const samples = parameterization.attach(builder, state);
  const seen = isTransformed ? addView(builder, samples) : samples;
  attachNetwork(builder, trunkFor(model, layer, shape), addPreprocessing(builder, seen, model.preprocessing));
  const { name, shape: layerShape } = builder.value(layer) as { name: string; shape: readonly number[] };
  const weights = builder.input(VISUALIZATION.weights, 'float32', layerShape);
  let loss = builder.op('scale', [addProduct(builder, name, weights, cosinePower)], { factor: -1 });
  if (diversity > 0 && layerShape.length === 4 && (layerShape[0] ?? 0) > 1) {
    const likeness = builder.op('scale', [addLikeness(builder, name)], { factor: diversity });
    loss = builder.op('add', [loss, likeness]);
  }
  builder.alias(VISUALIZATION.loss, loss);
  const rules = isRedirected ? redirectedReluRules : [];
  const result = backward(builder.build(), { of: loss, wrt: [state], rules });
  const complete = new GraphBuilder(result.graph);
  const gradient = result.cotangents.get(state) as string;
  complete.alias(VISUALIZATION.gradient, gradient);
  addOptimizer(complete, ADAM, new Map([[state, gradient]]));
  return complete.build();
}

/** The samples [N, C, H, W] that the state stands for. */
export function samplesGraph(parameterization: Parameterization): Graph {
  const builder = new GraphBuilder();
  const state = builder.parameter(VISUALIZATION.state, parameterization.shape);
  builder.output(parameterization.attach(builder, state));
  return builder.build();
}

/**
 * The mean over pictures of sum(layer * weights), times max(0.1, cosine)^power of the angle between them at each place
 * (`direction` of Lucid).
 */
function addProduct(builder: GraphBuilder, layer: string, weights: string, power: number): string {
  const { shape } = builder.value(layer) as { shape: readonly number[] };
  const product = builder.op('multiply', [layer, weights]);
  const mean = (value: string): string =>
    builder.op('scale', [builder.op('reduceSum', [value])], { factor: 1 / (shape[0] ?? 1) });
  if (power === 0) return mean(product);
  const dot = builder.op('reduceSum', [product], { axes: [1], keepDimensions: true });
  const norm = (value: string): string => builder.op('reduceL2', [value], { axes: [1], keepDimensions: true });
  const least = builder.constant('direction.least', float32Tensor([], [1e-6]));
  const floor = builder.constant('direction.floor', float32Tensor([], [0.1]));
  const lengths = builder.op('add', [builder.op('multiply', [norm(layer), norm(weights)]), least]);
  let factor = builder.op('maximum', [builder.op('divide', [dot, lengths]), floor]);
  const cosine = factor;
  for (let k = 1; k < power; k++) factor = builder.op('multiply', [factor, cosine]);
  return mean(builder.op('multiply', [dot, factor]));
}

/** How alike the pictures' Gram matrices are: the sum of their cosines over all ordered pairs, over N (`diversity`). */
function addLikeness(builder: GraphBuilder, layer: string): string {
  const [batch, channels, height, width] = builder.value(layer).shape as [number, number, number, number];
  const grams = Array.from({ length: batch }, (_, start) => {
    const one = builder.op('slice', [layer], { axis: 0, start, length: 1 });
    const features = builder.op('reshape', [one], { shape: [channels, height * width] });
    const gram = builder.op('matmul', [features, features], { transposeB: true });
    return builder.op('lpNormalization', [builder.op('reshape', [gram], { shape: [1, channels * channels] })], {
      axis: 1,
    });
  });
  const all = builder.op('concat', grams, { axis: 0 });
  const cosines = builder.op('matmul', [all, all], { transposeB: true });
  const others = new Float32Array(batch * batch).fill(1 / batch);
  for (let n = 0; n < batch; n++) others[n * batch + n] = 0;
  const mask = builder.constant('diversity.others', float32Tensor([batch, batch], others));
  return builder.op('reduceSum', [builder.op('multiply', [cosines, mask])]);
}
