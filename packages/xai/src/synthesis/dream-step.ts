import {
  backward,
  float32Tensor,
  GraphBuilder,
  valueOf,
  type Graph,
  type TensorData,
} from '@convscope/gpu-engine/graph';
import type { Model } from '@convscope/formats';
import { attachNetwork, trunkFor } from './attach-network.ts';
import { addPreprocessing } from './picture-space.ts';

/** What a dream strengthens in a layer [1, C, h, w] or [1, F]. */
export type DreamObjective = 'energy' | 'mean' | 'guided';

export interface DreamStepOptions {
  readonly layer: string;
  /** The state that holds the picture's samples, and their shape [1, C, H, W]. */
  readonly picture: string;
  readonly shape: readonly number[];
  /** energy: half the sum of squares; mean: the mean; guided: the dot product with the guide's best-matching places. */
  readonly objective: DreamObjective;
  /** Whether only what a mask [1, C, h, w] keeps counts: one channel, or one unit. */
  readonly isMasked: boolean;
  /** What the gradient is divided by: its mean magnitude, or its standard deviation. */
  readonly scale: 'mean-magnitude' | 'standard-deviation';
  /** Where samples are cut off after every step. */
  readonly clip: readonly [least: number, most: number];
  /** Places of the guide's layer, where it guides. */
  readonly guidePlaces?: number;
}

/** Names in a step's graph. */
export const DREAM = {
  picture: 'dream.picture',
  rolledRows: 'dream.rows',
  rolledColumns: 'dream.columns',
  rowsBack: 'dream.rowsBack',
  columnsBack: 'dream.columnsBack',
  mask: 'dream.mask',
  guide: 'dream.guide',
  step: 'dream.step',
  gradient: 'dream.gradient',
} as const;

/**
 * One step of gradient ascent on a layer, as one graph: roll the picture, follow the normalised gradient, roll back,
 * clip, all as an update of the picture's own state (Mordvintsev, Olah, Tyka: Inceptionism, 2015; `make_step` of their
 * dream notebook).
 */
export function dreamStep(model: Model, options: DreamStepOptions): Graph {
  const { layer, shape, objective, isMasked, scale, clip } = options;
  const [, , height, width] = shape as [number, number, number, number];
  const builder = new GraphBuilder();
  const picture = builder.parameter(options.picture, shape);
  const rows = builder.input(DREAM.rolledRows, 'int32', [height]);
  const columns = builder.input(DREAM.rolledColumns, 'int32', [width]);
  const rolled = roll(builder, picture, rows, columns);
  attachNetwork(builder, trunkFor(model, layer, shape), addPreprocessing(builder, rolled, model.preprocessing));
  const { name, shape: layerShape } = builder.value(layer) as { name: string; shape: readonly number[] };
  let seed = objective === 'energy' ? name : objective === 'guided' ? addGuideSeed(builder, name, options) : undefined;
  seed ??= builder.constant('dream.seed', float32Tensor(layerShape, constantShare(layerShape)));
  if (isMasked) {
    seed = builder.op('multiply', [seed, builder.input(DREAM.mask, 'float32', layerShape)]);
  }
  const result = backward(builder.build(), { of: name, seed, wrt: [rolled] });
  const complete = new GraphBuilder(result.graph);
  const gradient = result.cotangents.get(rolled) as string;
  complete.alias(DREAM.gradient, gradient);
  const back = [
    complete.input(DREAM.rowsBack, 'int32', [height]),
    complete.input(DREAM.columnsBack, 'int32', [width]),
  ] as const;
  const unrolled = roll(complete, complete.op('divide', [gradient, addScale(complete, gradient, scale)]), ...back);
  const length = complete.scalar(DREAM.step, 'float32');
  const moved = complete.op('add', [picture, complete.op('multiply', [unrolled, length])]);
  complete.update(picture, complete.op('clip', [moved], { min: clip[0], max: clip[1] }));
  return complete.build();
}

/** Indices that roll `size` places by `shift`, and those that roll them back. */
export function rollIndices(size: number, shift: number): readonly [TensorData<'int32'>, TensorData<'int32'>] {
  const indices = (by: number): TensorData<'int32'> => ({
    dtype: 'int32',
    shape: [size],
    data: Int32Array.from({ length: size }, (_, index) => (((index - by) % size) + size) % size),
  });
  return [indices(shift), indices(-shift)];
}

function roll(builder: GraphBuilder, value: string, rows: string, columns: string): string {
  return builder.op('gather', [builder.op('gather', [value, rows], { axis: 2 }), columns], { axis: 3 });
}

/** What gradients are divided by; never so small that a gradient of zeros gives anything but zeros. */
function addScale(builder: GraphBuilder, gradient: string, scale: DreamStepOptions['scale']): string {
  const least = builder.constant('dream.least', float32Tensor([], [1e-20]));
  if (scale === 'mean-magnitude') {
    return builder.op('maximum', [builder.op('reduceMean', [builder.op('abs', [gradient])]), least]);
  }
  const centred = builder.op('subtract', [gradient, builder.op('reduceMean', [gradient])]);
  const variance = builder.op('reduceMean', [builder.op('multiply', [centred, centred])]);
  return builder.op('maximum', [builder.op('sqrt', [variance]), least]);
}

/**
 * For every place of the layer, the guide's features [C, places] at the place where they match best, by dot product
 * (`objective_guide` of the dream notebook).
 */
function addGuideSeed(builder: GraphBuilder, layer: string, { guidePlaces = 0 }: DreamStepOptions): string {
  const [, channels = 1, height = 1, width = 1] = builder.value(layer).shape as readonly number[];
  const guide = builder.input(DREAM.guide, 'float32', [channels, guidePlaces]);
  const features = builder.op('reshape', [layer], { shape: [channels, height * width] });
  const matches = builder.op('matmul', [features, guide], { transposeA: true });
  const best = builder.op('argMax', [matches], { axis: 1, keepDimensions: false });
  const chosen = builder.op('gather', [guide, best], { axis: 1 });
  const shape = builder.value(layer).shape as readonly number[];
  return builder.op('reshape', [chosen], { shape });
}

function constantShare(shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  return new Float32Array(count).fill(1 / count);
}

/** The layer's shape for a picture of this shape. */
export function layerShape(model: Model, layer: string, shape: readonly number[]): readonly number[] {
  return valueOf(trunkFor(model, layer, shape), layer).shape as readonly number[];
}
