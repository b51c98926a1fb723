import type { Float64Tensor, OpInput } from './reference.ts';

/** The number of elements of a shape; 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function zeros(shape: readonly number[]): Float64Tensor {
  return { shape, data: new Float64Array(sizeOf(shape)) };
}

export function tensorOf(shape: readonly number[], values: ArrayLike<number>): Float64Tensor {
  return { shape, data: Float64Array.from(values) };
}

/** An input of a case as the references take it, without loss. */
export function toFloat64(input: OpInput): Float64Tensor {
  return tensorOf(input.shape, input.data);
}

/** Element by element; the result has the shape of `x`. */
export function mapTensor(x: Float64Tensor, map: (value: number, index: number) => number): Float64Tensor {
  return { shape: x.shape, data: x.data.map(map) };
}

/** The one input or output at `index`, which the op's definition promises to be there. */
export function required(tensors: readonly (Float64Tensor | undefined)[], index: number): Float64Tensor {
  const tensor = tensors[index];
  if (tensor === undefined) throw new RangeError(`no tensor at position ${index}`);
  return tensor;
}

/** A feature map's shape as (N, C, H, W). */
export function dimensions4(shape: readonly number[]): [number, number, number, number] {
  const [n, c, h, w] = shape;
  if (n === undefined || c === undefined || h === undefined || w === undefined || shape.length !== 4) {
    throw new RangeError(`wanted rank 4, got ${shape.join('x')}`);
  }
  return [n, c, h, w];
}

/** A matrix's shape as (rows, columns). */
export function dimensions2(shape: readonly number[]): [number, number] {
  const [rows, columns] = shape;
  if (rows === undefined || columns === undefined || shape.length !== 2) {
    throw new RangeError(`wanted rank 2, got ${shape.join('x')}`);
  }
  return [rows, columns];
}

/** The coordinates of the element at a flat row-major index. */
export function coordinatesOf(index: number, shape: readonly number[]): number[] {
  const coordinates = Array.from(shape, () => 0);
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const size = shape[axis]!;
    coordinates[axis] = rest % size;
    rest = Math.floor(rest / size);
  }
  return coordinates;
}

/** The channel (axis 1) of the element at a flat index. */
export function channelOf(index: number, shape: readonly number[]): number {
  return Math.floor(index / sizeOf(shape.slice(2))) % shape[1]!;
}
