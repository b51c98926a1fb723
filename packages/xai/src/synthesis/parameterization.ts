import { Random } from '@convscope/gpu-engine';
import { elementCount, float32Tensor, type GraphBuilder, type TensorData } from '@convscope/gpu-engine/graph';

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
 *
 * The transform of a fixed size is two products with constant matrices: along x, then along y.
 */
export function fourierParameterization(shape: readonly number[], colors: ColorOrder): Parameterization {
  const [batch, channels, height, width] = shape as [number, number, number, number];
  const planes = batch * channels;
  const half = Math.floor(width / 2) + 1;
  const stateShape = [height, planes, 2, half];
  return {
    shape: stateShape,
    initial: (seed) => noise(stateShape, seed),
    attach: (builder, state) => {
      const scale = builder.constant('fourier.scale', spectrumScale(height, width));
      const rows = builder.constant('fourier.rows', rowTransform(width));
      const columns = builder.constant('fourier.columns', columnTransform(height));
      const scaled = builder.op('multiply', [state, scale]);
      const flat = builder.op('reshape', [scaled], { shape: [height * planes, 2 * half] });
      const alongX = builder.op('matmul', [flat, rows]);
      const parts = builder.op('reshape', [alongX], { shape: [height, planes, 2, width] });
      const ordered = builder.op('transpose', [parts], { permutation: [2, 0, 1, 3] });
      const gathered = builder.op('reshape', [ordered], { shape: [2 * height, planes * width] });
      const alongY = builder.op('matmul', [columns, gathered]);
      const image = builder.op('reshape', [alongY], { shape: [height, planes, width] });
      const planar = builder.op('transpose', [image], { permutation: [1, 0, 2] });
      return validSamples(builder, builder.op('reshape', [planar], { shape }), colors);
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
  const half = Math.floor(width / 2) + 1;
  const data = new Float32Array(height * half);
  const least = 1 / Math.max(height, width);
  const whole = Math.sqrt(height * width) / (height * width) / 4;
  for (let y = 0; y < height; y++) {
    const vertical = (y <= height / 2 ? y : y - height) / height;
    for (let x = 0; x < half; x++) {
      data[y * half + x] = whole / Math.max(Math.hypot(vertical, x / width), least);
    }
  }
  return float32Tensor([height, 1, 1, half], data);
}

/**
 * From real and imaginary parts over frequencies x [2 * (W / 2 + 1)] to real and imaginary parts over places x [2 * W].
 * Frequencies that have a mirror image count twice.
 */
function rowTransform(width: number): TensorData<'float32'> {
  const half = Math.floor(width / 2) + 1;
  const data = new Float32Array(2 * half * 2 * width);
  for (let frequency = 0; frequency < half; frequency++) {
    const weight = frequency === 0 || 2 * frequency === width ? 1 : 2;
    for (let x = 0; x < width; x++) {
      const angle = (2 * Math.PI * ((frequency * x) % width)) / width;
      const [cosine, sine] = [weight * Math.cos(angle), weight * Math.sin(angle)];
      data[frequency * 2 * width + x] = cosine;
      data[frequency * 2 * width + width + x] = sine;
      data[(half + frequency) * 2 * width + x] = -sine;
      data[(half + frequency) * 2 * width + width + x] = cosine;
    }
  }
  return float32Tensor([2 * half, 2 * width], data);
}

/** From real and imaginary parts over frequencies y [2 * H] to the real part over places y [H]. */
function columnTransform(height: number): TensorData<'float32'> {
  const data = new Float32Array(height * 2 * height);
  for (let y = 0; y < height; y++) {
    for (let frequency = 0; frequency < height; frequency++) {
      const angle = (2 * Math.PI * ((frequency * y) % height)) / height;
      data[y * 2 * height + frequency] = Math.cos(angle);
      data[y * 2 * height + height + frequency] = -Math.sin(angle);
    }
  }
  return float32Tensor([height, 2 * height], data);
}

function noise(shape: readonly number[], seed: number): TensorData<'float32'> {
  const random = new Random(seed, 0x5eed);
  return float32Tensor(
    shape,
    Float32Array.from({ length: elementCount(shape) }, () => NOISE * random.normal()),
  );
}
