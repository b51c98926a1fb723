import { TensorProto_DataType as Code } from './schema.gen.ts';

/** Element types of ONNX tensors that are read, by the names that ONNX gives them in lower case. */
export type ElementType =
  | 'float32'
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'bool'
  | 'float16'
  | 'float64'
  | 'uint32'
  | 'uint64'
  | 'bfloat16'
  | 'uint4'
  | 'int4'
  | 'uint2'
  | 'int2';

const TYPES: ReadonlyMap<number, ElementType> = /* @__PURE__ */ new Map<number, ElementType>([
  [Code.FLOAT, 'float32'],
  [Code.UINT8, 'uint8'],
  [Code.INT8, 'int8'],
  [Code.UINT16, 'uint16'],
  [Code.INT16, 'int16'],
  [Code.INT32, 'int32'],
  [Code.INT64, 'int64'],
  [Code.BOOL, 'bool'],
  [Code.FLOAT16, 'float16'],
  [Code.DOUBLE, 'float64'],
  [Code.UINT32, 'uint32'],
  [Code.UINT64, 'uint64'],
  [Code.BFLOAT16, 'bfloat16'],
  [Code.UINT4, 'uint4'],
  [Code.INT4, 'int4'],
  [Code.UINT2, 'uint2'],
  [Code.INT2, 'int2'],
]);

/** The element type of this number in `TensorProto.DataType`, or undefined where it is not read. */
export function elementTypeOf(code: number): ElementType | undefined {
  return TYPES.get(code);
}

/** The name of any `TensorProto.DataType`, for messages. */
export function elementTypeText(code: number): string {
  const entry = Object.entries(Code).find(([, number]) => number === code);
  return entry === undefined ? `type ${code}` : entry[0].toLowerCase();
}

export function isFloatType(type: ElementType): boolean {
  return type === 'float32' || type === 'float16' || type === 'bfloat16' || type === 'float64';
}

/** Least and greatest value of an integer type; undefined for floats and 64-bit integers. */
export function integerRange(type: ElementType): readonly [least: number, greatest: number] | undefined {
  const match = /^(u?)int(\d+)$/.exec(type);
  const bits = Number(match?.[2] ?? 64);
  if (match === null || bits > 32) return undefined;
  return match[1] === 'u' ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}
