import type { Float64Tensor } from './reference.ts';
import { zeros } from './tensor.ts';

type Three<T> = readonly [T, T, T];

/**
 * A sum of products Σ a[i] · b[j] · c[k] over all terms (i, j, k). A bilinear op and its two gradients are the same form
 * with another slot left open: for a convolution, the output, the input and the weights.
 */
export interface TrilinearForm {
  readonly shapes: Three<readonly number[]>;
  terms(visit: (first: number, second: number, third: number) => void): void;
}

/** Contracts two of the three slots; gives the tensor for the one slot that is left undefined. */
export function contract(form: TrilinearForm, slots: Three<Float64Tensor | undefined>): Float64Tensor {
  const [first, second, third] = slots;
  if (second !== undefined && third !== undefined) {
    const open = zeros(form.shapes[0]);
    form.terms((i, j, k) => {
      open.data[i]! += second.data[j]! * third.data[k]!;
    });
    return open;
  }
  if (first !== undefined && third !== undefined) {
    const open = zeros(form.shapes[1]);
    form.terms((i, j, k) => {
      open.data[j]! += first.data[i]! * third.data[k]!;
    });
    return open;
  }
  if (first !== undefined && second !== undefined) {
    const open = zeros(form.shapes[2]);
    form.terms((i, j, k) => {
      open.data[k]! += first.data[i]! * second.data[j]!;
    });
    return open;
  }
  throw new RangeError('exactly one slot may be open');
}
