import { resample, type Region } from '@convscope/formats';
import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';

export interface Size {
  readonly height: number;
  readonly width: number;
}

/** Pictures [N, C, H, W], or a region of them, at another size: bilinearly where they grow, antialiased where they shrink. */
export function resized({ shape, data }: TensorData<'float32'>, size: Size, region?: Region): TensorData<'float32'> {
  const [batch, channels, height, width] = shape as [number, number, number, number];
  const whole = region ?? { left: 0, top: 0, width, height };
  const plane = height * width;
  const target = size.height * size.width;
  const result = new Float32Array(batch * channels * target);
  for (let index = 0; index < batch * channels; index++) {
    const source = data.subarray(index * plane, (index + 1) * plane);
    result.set(resample(source, { width, height, channels: 1 }, whole, size), index * target);
  }
  return float32Tensor([batch, channels, size.height, size.width], result);
}

/** The size with this longer side and the picture's proportions; the picture's own where it is 0. */
export function sizeWithLongerSide({ shape }: Pick<TensorData, 'shape'>, longerSide: number): Size {
  const [, , height = 1, width = 1] = shape;
  const factor = longerSide === 0 ? 1 : longerSide / Math.max(height, width);
  return { height: Math.max(1, Math.round(height * factor)), width: Math.max(1, Math.round(width * factor)) };
}

/** Element by element. */
export function sum(a: TensorData<'float32'>, b: TensorData<'float32'>, weightOfB = 1): TensorData<'float32'> {
  return float32Tensor(
    a.shape,
    a.data.map((value, index) => value + weightOfB * (b.data[index] ?? 0)),
  );
}
