import { Random } from '@convscope/gpu-engine';
import { elementCount, float32Tensor, type GraphBuilder, type TensorData } from '@convscope/gpu-engine/graph';
import { addInverseFourier, naturalSpectrum, spectrumShape } from './fourier.ts';

/** How a picture is stored while it is optimised, and how its samples [N, C, H, W], 0 to 1, are computed from that. */
export interface Parameterization {
  /** The shape of the state. */
  readonly shape: readonly number[];
  /** Fresh state: normal noise with standard deviation 0.01, as in Lucid. */
  readonly initial: (seed: number) => TensorData<'float32'>;
  /** Adds what computes the samples from the state. */
  readonly attach: (builder: GraphBuilder, state: string) => string;
}

/** The order of a picture's three channels; undefined for grey ones. */
export type ColorOrder = 'rgb' | 'bgr' | undefined;

const NOISE = 0.01;

/** Samples are the sigmoid of the state, decorrelated where there are three channels. */
export function pixelParameterization(shape: readonly number[], colors: ColorOrder): Parameterization {
  return {
    shape,
    initial: (seed) => noise(shape, seed),
    attach: (builder, state) => validSamples(builder, state, colors),
  };
}

/**
 * Samples are the sigmoid of an inverse Fourier transform (Olah, Mordvintsev, Schubert 2017, "Preconditioning and
 * parameterization"; `fft_image` of Lucid). The state [H, N * C, 2, W / 2 + 1] holds real and imaginary parts of the
 * half spectrum, which is scaled by 1 / max(frequency, 1 / max(W, H)) * sqrt(W * H), so that a step moves all
 * frequencies by the energy that natural pictures have in them; the picture is divided by 4.
 */
export function fourierParameterization(shape: readonly number[], colors: ColorOrder): Parameterization {
  const [, , height, width] = shape as [number, number, number, number];
  const stateShape = spectrumShape(shape);
  return {
    shape: stateShape,
    initial: (seed) => noise(stateShape, seed),
    attach: (builder, state) => {
      const picture = addInverseFourier(builder, state, shape, spectrumScale(height, width));
      return validSamples(builder, picture, colors);
    },
  };
}

/**
 * The square root of the colour correlation of ImageNet's pictures, as Lucid gives it, over the largest norm of its
 * columns: what makes correlated colours [R, G, B] of decorrelated ones.
 */
export const colorMatrix: readonly (readonly number[])[] = normalized([
  [0.26, 0.09, 0.02],
  [0.27, 0, -0.05],
  [0.27, -0.09, 0.03],
]);

function normalized(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const norms = [0, 1, 2].map((column) => Math.hypot(...matrix.map((row) => row[column] ?? 0)));
  const largest = Math.max(...norms);
  return matrix.map((row) => row.map((value) => value / largest));
}

function validSamples(builder: GraphBuilder, value: string, colors: ColorOrder): string {
  if (colors === undefined) return builder.op('sigmoid', [value]);
  const [batch, , height, width] = builder.value(value).shape as [number, number, number, number];
  const rows = colors === 'bgr' ? colorMatrix.toReversed() : colorMatrix;
  const matrix = builder.constant('fourier.colors', float32Tensor([1, 3, 3, 1, 1], rows.flat()));
  const repeated = builder.op('reshape', [value], { shape: [batch, 1, 3, height, width] });
  const products = builder.op('multiply', [repeated, matrix]);
  return builder.op('sigmoid', [builder.op('reduceSum', [products], { axes: [2] })]);
}

/** [H, 1, 1, W / 2 + 1], the transform's own 1 / (H * W) and Lucid's 1 / 4 included. */
function spectrumScale(height: number, width: number): TensorData<'float32'> {
  const whole = Math.sqrt(height * width) / (height * width) / 4;
  const { shape, data } = naturalSpectrum(height, width);
  return float32Tensor(
    shape,
    data.map((value) => whole * value),
  );
}

function noise(shape: readonly number[], seed: number): TensorData<'float32'> {
  const random = new Random(seed, 0x5eed);
  return float32Tensor(
    shape,
    Float32Array.from({ length: elementCount(shape) }, () => NOISE * random.normal()),
  );
}
