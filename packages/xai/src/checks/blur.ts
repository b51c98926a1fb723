import { type TensorData } from '@convscope/gpu-engine/graph';

/**
 * Pictures [N, C, H, W] blurred by a Gaussian kernel of odd `side` and standard deviation `sigma`, both in pixels. At the
 * edges the kernel's part inside the picture counts, so that nothing darkens there.
 */
export function blurred(
  { shape, data }: TensorData<'float32'>,
  { side, sigma }: { readonly side: number; readonly sigma: number },
): TensorData<'float32'> {
  const [, , height = 1, width = 1] = shape;
  const reach = (side - 1) / 2;
  const kernel = Float64Array.from({ length: side }, (_, tap) => Math.exp(-((tap - reach) ** 2) / (2 * sigma * sigma)));
  const rows = smoothed(data, { length: height, step: width, reach, kernel });
  return {
    dtype: 'float32',
    shape,
    data: Float32Array.from(smoothed(rows, { length: width, step: 1, reach, kernel })),
  };
}

function smoothed(
  data: Float32Array | Float64Array,
  { length, step, reach, kernel }: { length: number; step: number; reach: number; kernel: Float64Array },
): Float64Array {
  const result = new Float64Array(data.length);
  for (let index = 0; index < data.length; index++) {
    const place = Math.floor(index / step) % length;
    let [sum, weight] = [0, 0];
    for (let offset = -Math.min(reach, place); offset <= Math.min(reach, length - 1 - place); offset++) {
      const tap = kernel[offset + reach] as number;
      sum += tap * (data[index + offset * step] as number);
      weight += tap;
    }
    result[index] = sum / weight;
  }
  return result;
}
