import type { Model } from '@convscope/formats';
import { addOptimizer, type Optimizer } from '@convscope/gpu-engine';
import { backward, float32Tensor, GraphBuilder, type Graph } from '@convscope/gpu-engine/graph';
import { attachNetwork, trunkFor } from './attach-network.ts';
import { addInverseFourier, spectrumShape, unitSpectrum } from './fourier.ts';
import { addPreprocessing } from './picture-space.ts';

/** Names in a step's graph. */
export const INVERSION = {
  state: 'inversion.state',
  /** In display steps around the middle. */
  picture: 'inversion.picture',
  target: 'inversion.target',
  /** sigma^2 / ||target||^2. */
  featureWeight: 'inversion.featureWeight',
  error: 'inversion.error',
  variation: 'inversion.variation',
  alphaNorm: 'inversion.alphaNorm',
  loss: 'inversion.loss',
  gradient: 'inversion.gradient',
} as const;

/** The paper's, and one that copes with layers whose gradients differ widely in size from pixel to pixel. */
export const INVERSION_OPTIMIZERS = {
  momentum: { kind: 'sgd', momentum: 0.9 },
  adam: { kind: 'adam' },
} as const satisfies Record<string, Optimizer>;

export type InversionOptimizer = keyof typeof INVERSION_OPTIMIZERS;

/** What is optimised: the spectrum, in which a step moves all frequencies as natural pictures have them, or the pixels. */
export const INVERSION_SPACES = ['fourier', 'pixel'] as const;
export type InversionSpace = (typeof INVERSION_SPACES)[number];

export interface InversionStepOptions {
  readonly layer: string;
  readonly space: InversionSpace;
  /** The picture's shape [1, C, H, W]. */
  readonly shape: readonly number[];
  /** The display values, 0 to 255, that the state's zero stands for, one a channel. */
  readonly middle: readonly number[];
  readonly variation: number;
  readonly alphaNorm: number;
  readonly optimizer: InversionOptimizer;
}

/**
 * One step of inversion (Mahendran & Vedaldi 2014, equation 2) as one graph. The state is the picture x in display steps
 * around the middle, or its spectrum. In these units, sigma being the norm that pictures have, the loss is sigma^2 times the paper's:
 *
 *   sigma^2 * ||features - target||^2 / ||target||^2 + variation * TV(x) + alphaNorm * sum |x|^6,
 *   TV(x) = sum of squared differences of neighbours (beta = 2).
 */
export function inversionStep(model: Model, options: InversionStepOptions): Graph {
  const { layer, shape, middle, variation, alphaNorm, optimizer } = options;
  const builder = new GraphBuilder();
  const state = builder.parameter(INVERSION.state, stateShape(options));
  const picture = addPicture(builder, state, options);
  const centre = builder.constant('inversion.middle', float32Tensor([1, middle.length, 1, 1], [...middle]));
  const samples = builder.op('scale', [builder.op('add', [picture, centre])], { factor: 1 / 255 });
  attachNetwork(builder, trunkFor(model, layer, shape), addPreprocessing(builder, samples, model.preprocessing));
  const { name, shape: layerShape } = builder.value(layer) as { name: string; shape: readonly number[] };
  const target = builder.input(INVERSION.target, 'float32', layerShape);
  const featureWeight = builder.scalar(INVERSION.featureWeight, 'float32');
  const difference = builder.op('subtract', [name, target]);
  builder.op('reduceSumSquare', [difference], {}, INVERSION.error);
  builder.alias(INVERSION.variation, addVariation(builder, picture));
  const square = builder.op('multiply', [picture, picture]);
  const sixth = builder.op('multiply', [builder.op('multiply', [square, square]), square]);
  builder.op('reduceSum', [sixth], {}, INVERSION.alphaNorm);
  const terms = [
    builder.op('multiply', [INVERSION.error, featureWeight]),
    builder.op('scale', [INVERSION.variation], { factor: variation }),
    builder.op('scale', [INVERSION.alphaNorm], { factor: alphaNorm }),
  ] as const;
  const loss = builder.op('add', [builder.op('add', [terms[0], terms[1]]), terms[2]], {}, INVERSION.loss);
  const result = backward(builder.build(), { of: loss, wrt: [state] });
  const complete = new GraphBuilder(result.graph);
  const gradient = result.cotangents.get(state) as string;
  complete.alias(INVERSION.gradient, gradient);
  addOptimizer(complete, INVERSION_OPTIMIZERS[optimizer], new Map([[state, gradient]]));
  complete.output(INVERSION.error, INVERSION.loss);
  return complete.build();
}

/** The shape of what is optimised. */
export function stateShape({ space, shape }: Pick<InversionStepOptions, 'space' | 'shape'>): readonly number[] {
  return space === 'fourier' ? spectrumShape(shape) : shape;
}

/** The picture [1, C, H, W], in display steps around the middle, that the state stands for. */
export function inversionPicture(options: Pick<InversionStepOptions, 'space' | 'shape'>): Graph {
  const builder = new GraphBuilder();
  const state = builder.parameter(INVERSION.state, stateShape(options));
  // Of its own name, also where the picture is the state.
  builder.output(builder.op('scale', [addPicture(builder, state, options)], { factor: 1 }, INVERSION.picture));
  return builder.build();
}

function addPicture(
  builder: GraphBuilder,
  state: string,
  { space, shape }: Pick<InversionStepOptions, 'space' | 'shape'>,
): string {
  const [, , height, width] = shape as [number, number, number, number];
  return space === 'fourier' ? addInverseFourier(builder, state, shape, unitSpectrum(height, width)) : state;
}

/** The sum of squared differences between neighbours, along both axes. */
function addVariation(builder: GraphBuilder, picture: string): string {
  const { shape } = builder.value(picture) as { shape: readonly number[] };
  const along = (axis: number): string => {
    const length = (shape[axis] as number) - 1;
    const next = builder.op('slice', [picture], { axis, start: 1, length });
    const here = builder.op('slice', [picture], { axis, start: 0, length });
    return builder.op('reduceSumSquare', [builder.op('subtract', [next, here])]);
  };
  return builder.op('add', [along(2), along(3)]);
}
