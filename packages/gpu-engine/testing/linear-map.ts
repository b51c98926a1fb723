import type { Float64Tensor } from './reference.ts';
import { zeros } from './tensor.ts';

/**
 * A linear map as its matrix entries: output[o] = Σ weight · input[i] over all entries (o, i, weight). The gradient of a
 * linear op is its transpose, so one list of entries defines both directions.
 */
export interface LinearMap {
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  entries(visit: (output: number, input: number, weight: number) => void): void;
}

export function apply(map: LinearMap, x: Float64Tensor): Float64Tensor {
  const y = zeros(map.outputShape);
  map.entries((output, input, weight) => {
    y.data[output]! += weight * x.data[input]!;
  });
  return y;
}

/** The transposed map: from a cotangent of the output to the input's gradient. */
export function applyTransposed(map: LinearMap, cotangent: Float64Tensor): Float64Tensor {
  const gradient = zeros(map.inputShape);
  map.entries((output, input, weight) => {
    gradient.data[input]! += weight * cotangent.data[output]!;
  });
  return gradient;
}
