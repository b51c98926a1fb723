import { ConvscopeError } from './errors.ts';

/** Element types of values. Switches, labels and positions are int32; everything else is float32. */
export type DType = 'float32' | 'int32';

/** A tensor in CPU memory: row-major, NCHW for pictures and feature maps. A scalar has shape []. */
export interface TensorData<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: D extends 'float32' ? Float32Array : Int32Array;
}

/** The number of elements of a shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A float32 tensor; zeros where no data is given. Throws `invalid-tensor` where the length does not fit the shape. */
export function float32Tensor(
  shape: readonly number[],
  data: Float32Array | readonly number[] = new Float32Array(elementCount(shape)),
): TensorData<'float32'> {
  checkLength(shape, data.length);
  return { dtype: 'float32', shape, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}

/** An int32 tensor; zeros where no data is given. Throws `invalid-tensor` where the length does not fit the shape. */
export function int32Tensor(
  shape: readonly number[],
  data: Int32Array | readonly number[] = new Int32Array(elementCount(shape)),
): TensorData<'int32'> {
  checkLength(shape, data.length);
  return { dtype: 'int32', shape, data: data instanceof Int32Array ? data : Int32Array.from(data) };
}

/** A shape as people write it: `1x3x224x224`, `scalar` for []. */
export function shapeText(shape: readonly (number | string)[]): string {
  return shape.length === 0 ? 'scalar' : shape.join('x');
}

function checkLength(shape: readonly number[], length: number): void {
  if (length !== elementCount(shape)) {
    throw new ConvscopeError('invalid-tensor', 'data does not fill the shape', {
      got: `${length} elements`,
      wanted: `${elementCount(shape)} for ${shapeText(shape)}`,
    });
  }
}
