import { float32Tensor, int32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { isFloatType, type ElementType } from './element-type.ts';

/**
 * Memory of constants: float64 for doubles and integers of more than 31 bits, float32 for other floats, bytes for
 * truths and integers of at most 8 bits, else int32.
 */
export type ConstantData = Float32Array | Float64Array | Int32Array | Int8Array | Uint8Array;

/**
 * A tensor that is known at load: an initializer, or what shape arithmetic made of it. Integers of 64 bits are held
 * as doubles, exact up to 2^53; shapes and axes stay below, and the largest int64 as "to the end" stays large.
 */
export interface ConstantTensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: ConstantData;
}

/** Memory for `count` elements of a type, zeros. */
export function constantData(type: ElementType, count: number): ConstantData {
  if (type === 'float64' || type === 'int64' || type === 'uint64' || type === 'uint32') return new Float64Array(count);
  if (isFloatType(type)) return new Float32Array(count);
  if (type === 'int8' || type === 'int4' || type === 'int2') return new Int8Array(count);
  const isByte = type === 'bool' || type === 'uint8' || type === 'uint4' || type === 'uint2';
  return isByte ? new Uint8Array(count) : new Int32Array(count);
}

/** Bytes that {@link constantData} takes. */
export function constantBytes(type: ElementType, count: number): number {
  return count * constantData(type, 0).BYTES_PER_ELEMENT;
}

/** A constant of the given numbers, converted to the type's memory. */
export function constantTensor(type: ElementType, shape: readonly number[], values: ArrayLike<number>): ConstantTensor {
  const data = constantData(type, values.length);
  data.set(values);
  return { type, shape, data };
}

/** What the engine takes: floats as float32 (doubles rounded), integers and booleans as int32, beyond it saturated. */
export function engineTensor({ type, shape, data }: ConstantTensor): TensorData {
  if (isFloatType(type)) return float32Tensor(shape, data instanceof Float32Array ? data : new Float32Array(data));
  if (data instanceof Int32Array) return int32Tensor(shape, data);
  const clamped = new Int32Array(data.length);
  for (let index = 0; index < data.length; index++) {
    clamped[index] = Math.min(Math.max(data[index] as number, -(2 ** 31)), 2 ** 31 - 1);
  }
  return int32Tensor(shape, clamped);
}
