import { float32Tensor, type GraphBuilder, type TensorData } from '@convscope/gpu-engine/graph';

/*
 * Pictures [N, C, H, W] as their half spectrum: a state [H, N * C, 2, W / 2 + 1] with real and imaginary parts. The
 * transform of a fixed size is two products with constant matrices: along x, then along y.
 */

export function spectrumShape(shape: readonly number[]): readonly number[] {
  const [batch, channels, height, width] = shape as [number, number, number, number];
  return [height, batch * channels, 2, Math.floor(width / 2) + 1];
}

/** Adds the pictures of a spectrum: its unnormalised inverse transform, after a factor for each frequency. */
export function addInverseFourier(
  builder: GraphBuilder,
  state: string,
  shape: readonly number[],
  factors: TensorData<'float32'>,
): string {
  const [batch, channels, height, width] = shape as [number, number, number, number];
  const planes = batch * channels;
  const half = Math.floor(width / 2) + 1;
  const scale = builder.constant('fourier.scale', factors);
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
  return builder.op('reshape', [planar], { shape });
}

/**
 * Factors [H, 1, 1, W / 2 + 1] that fall as the amplitudes of natural pictures do: 1 / max(frequency, 1 / max(W, H)), in
 * cycles a pixel.
 */
export function naturalSpectrum(height: number, width: number): TensorData<'float32'> {
  const half = Math.floor(width / 2) + 1;
  const data = new Float32Array(height * half);
  const least = 1 / Math.max(height, width);
  for (let y = 0; y < height; y++) {
    const vertical = (y <= height / 2 ? y : y - height) / height;
    for (let x = 0; x < half; x++) data[y * half + x] = 1 / Math.max(Math.hypot(vertical, x / width), least);
  }
  return float32Tensor([height, 1, 1, half], data);
}

/**
 * The natural spectrum so scaled that a state of independent numbers with standard deviation s makes a picture with
 * standard deviation s: then a learning rate means as much as it does for pixels.
 */
export function unitSpectrum(height: number, width: number): TensorData<'float32'> {
  const spectrum = naturalSpectrum(height, width);
  const half = spectrum.shape[3] as number;
  const variance = spectrum.data.reduce((sum, value, index) => sum + (mirrored(index % half, width) * value) ** 2, 0);
  return float32Tensor(
    spectrum.shape,
    spectrum.data.map((value) => value / Math.sqrt(variance)),
  );
}

/** How many frequencies of the whole spectrum a column of the half one stands for. */
function mirrored(frequency: number, width: number): number {
  return frequency === 0 || 2 * frequency === width ? 1 : 2;
}

/**
 * From real and imaginary parts over frequencies x [2 * (W / 2 + 1)] to real and imaginary parts over places x [2 * W].
 * Frequencies that have a mirror image count twice.
 */
function rowTransform(width: number): TensorData<'float32'> {
  const half = Math.floor(width / 2) + 1;
  const data = new Float32Array(2 * half * 2 * width);
  for (let frequency = 0; frequency < half; frequency++) {
    const weight = mirrored(frequency, width);
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
