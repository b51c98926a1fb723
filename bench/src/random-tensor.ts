import { elementCount, float32Tensor, Random, type TensorData } from '@convscope/gpu-engine';

/** Even numbers from -scale to scale. */
export function randomTensor(shape: readonly number[], seed: number, scale = 1): TensorData<'float32'> {
  const random = new Random(seed);
  const data = Float32Array.from({ length: elementCount(shape) }, () => scale * (2 * random.uniform() - 1));
  return float32Tensor(shape, data);
}
