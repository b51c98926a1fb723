import { float32Tensor, int32Tensor, shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import { ModelFormatError } from './errors.ts';
import { bfloat16ToFloat32, float16ToFloat32 } from './half.ts';

/** How a file stores one number. */
export type ElementKind =
  | 'bool'
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'uint64'
  | 'int64'
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64';

const BYTES: Readonly<Record<ElementKind, number>> = {
  bool: 1,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  uint64: 8,
  int64: 8,
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
};

/** Bytes that one element takes in a file. */
export function bytesPerElement(kind: ElementKind): number {
  return BYTES[kind];
}

const MOST_DIMENSIONS = 32;

/** The number of elements of a shape read from a file. Throws where a size is no count or the product is beyond 2^53. */
export function checkedElementCount(shape: readonly number[], file: string, field: string): number {
  if (shape.length > MOST_DIMENSIONS) {
    throw new ModelFormatError(file, 'too many dimensions', {
      field,
      got: shape.length,
      wanted: `at most ${MOST_DIMENSIONS}`,
    });
  }
  let count = 1;
  let containsZero = false;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new ModelFormatError(file, 'a dimension is not a whole number from 0 on', { field, got: size });
    }
    if (size === 0) containsZero = true;
    else count *= size;
    if (count > Number.MAX_SAFE_INTEGER) {
      throw new ModelFormatError(file, 'the shape has too many elements', { field, got: shapeText(shape) });
    }
  }
  return containsZero ? 0 : count;
}

/** What `decodeTensor` reads. `bytes` must hold exactly the elements of `shape`; callers check it first. */
export interface EncodedTensor {
  readonly bytes: Uint8Array;
  readonly kind: ElementKind;
  readonly shape: readonly number[];
  readonly littleEndian: boolean;
  /** For messages. */
  readonly file: string;
  readonly field: string;
}

/**
 * Numbers as float32 (from any float type; float64 is rounded) or int32 (from bool and any integer type). An integer
 * that int32 cannot hold is an error, never a wrapped value.
 */
export function decodeTensor({ bytes, kind, shape, littleEndian, file, field }: EncodedTensor): TensorData {
  const native = nativeElements(bytes, kind, littleEndian);
  switch (kind) {
    case 'float32':
      return float32Tensor(shape, native as Float32Array<ArrayBuffer>);
    case 'float64':
      return float32Tensor(shape, new Float32Array(native as Float64Array));
    case 'float16':
      return float32Tensor(shape, widened(native as Uint16Array, float16ToFloat32));
    case 'bfloat16':
      return float32Tensor(shape, widened(native as Uint16Array, bfloat16ToFloat32));
    case 'int32':
      return int32Tensor(shape, native as Int32Array<ArrayBuffer>);
    case 'uint32':
    case 'uint64':
    case 'int64':
      return int32Tensor(shape, narrowed(native as Uint32Array | BigInt64Array | BigUint64Array, file, field));
    default:
      return int32Tensor(shape, new Int32Array(native as Uint8Array));
  }
}

/** Typed arrays that element kinds are read into; 16-bit floats stay bit patterns. */
export type NativeElements =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** A copy of the bytes as the machine's own typed array. Every machine that WebGPU runs on is little-endian. */
export function nativeElements(bytes: Uint8Array, kind: ElementKind, littleEndian: boolean): NativeElements {
  const buffer = new ArrayBuffer(bytes.length);
  const copy = new Uint8Array(buffer);
  copy.set(bytes);
  if (!littleEndian) reverseEach(copy, BYTES[kind]);
  switch (kind) {
    case 'bool':
    case 'uint8':
      return copy;
    case 'int8':
      return new Int8Array(buffer);
    case 'uint16':
    case 'float16':
    case 'bfloat16':
      return new Uint16Array(buffer);
    case 'int16':
      return new Int16Array(buffer);
    case 'uint32':
      return new Uint32Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'uint64':
      return new BigUint64Array(buffer);
    case 'int64':
      return new BigInt64Array(buffer);
    case 'float32':
      return new Float32Array(buffer);
    case 'float64':
      return new Float64Array(buffer);
  }
}

function reverseEach(bytes: Uint8Array, size: number): void {
  if (size === 1) return;
  for (let start = 0; start < bytes.length; start += size) bytes.subarray(start, start + size).reverse();
}

function widened(patterns: Uint16Array, convert: (bits: number) => number): Float32Array {
  const result = new Float32Array(patterns.length);
  for (let index = 0; index < patterns.length; index++) result[index] = convert(patterns[index] ?? 0);
  return result;
}

function narrowed(values: Uint32Array | BigInt64Array | BigUint64Array, file: string, field: string): Int32Array {
  const result = new Int32Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = Number(values[index]);
    if (value > 0x7fffffff || value < -0x80000000) {
      throw new ModelFormatError(file, `element ${index} does not fit int32`, { field, got: String(values[index]) });
    }
    result[index] = value;
  }
  return result;
}

/** The same numbers as float32, for inputs that a file holds as integers. */
export function asFloat32Tensor(tensor: TensorData): TensorData<'float32'> {
  if (tensor.dtype === 'float32') return tensor as TensorData<'float32'>;
  return float32Tensor(tensor.shape, new Float32Array(tensor.data));
}
