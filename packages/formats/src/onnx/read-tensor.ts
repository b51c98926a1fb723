import { checkedElementCount, nativeElements, type ElementKind } from '../elements.ts';
import { ModelFormatError } from '../errors.ts';
import { bfloat16ToFloat32, float16ToFloat32 } from '../half.ts';
import { constantBytes, constantData, type ConstantData, type ConstantTensor } from './constant-tensor.ts';
import { elementTypeOf, elementTypeText, type ElementType } from './element-type.ts';
import { externalBytes, type ExternalData } from './external-data.ts';
import { MOST_DIMENSIONS, type ReadBudget } from './limits.ts';
import { TensorProto_DataLocation, type TensorProto } from './schema.gen.ts';

const KINDS: ReadonlyMap<ElementType, ElementKind> = /* @__PURE__ */ new Map<ElementType, ElementKind>(
  (
    'float32 uint8 int8 uint16 int16 int32 int64 bool float16 float64 uint32 uint64 bfloat16'.split(
      ' ',
    ) as ElementKind[]
  ).map((kind) => [kind, kind]),
);

const BYTES_PER_ELEMENT: Readonly<Record<ElementKind, number>> = {
  bool: 1,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  float16: 2,
  bfloat16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  uint64: 8,
  int64: 8,
  float64: 8,
};

/**
 * A TensorProto's elements; their memory is taken from `budget` where one is given. What its dimensions ask for must be
 * there, neither more nor less. Throws ModelFormatError naming the tensor.
 */
export function readTensor(
  tensor: TensorProto,
  file: string,
  external?: ExternalData,
  budget?: ReadBudget,
): ConstantTensor {
  const field = `tensor ${tensor.name}`;
  const type = elementTypeOf(tensor.dataType);
  if (type === undefined) {
    throw new ModelFormatError(file, 'this element type is not read', { field, got: elementTypeText(tensor.dataType) });
  }
  const shape = tensor.dims.map(Number);
  if (shape.length > MOST_DIMENSIONS) {
    throw new ModelFormatError(file, 'too many dimensions', { field, got: shape.length, wanted: MOST_DIMENSIONS });
  }
  const count = checkedElementCount(shape, file, field);
  const place = { file, field, budget };
  if (tensor.dataLocation === TensorProto_DataLocation.EXTERNAL) {
    const bytes = externalBytes(tensor, file, external);
    return { type, shape, data: fromBytes(bytes, type, count, place) };
  }
  if (tensor.rawData.length > 0 || count === 0) {
    return { type, shape, data: fromBytes(tensor.rawData, type, count, place) };
  }
  return { type, shape, data: fromNumbers(tensor, type, count, place) };
}

/** Which tensor it is, for messages, and what it may take. */
interface Place {
  readonly file: string;
  readonly field: string;
  readonly budget: ReadBudget | undefined;
}

function spend({ file, field, budget }: Place, type: ElementType, count: number): void {
  if (budget === undefined) return;
  budget.bytes -= constantBytes(type, count);
  if (budget.bytes < 0) {
    throw new ModelFormatError(file, 'the tensors of this file would take too much memory', { field });
  }
}

function fromBytes(bytes: Uint8Array, type: ElementType, count: number, place: Place): ConstantData {
  const { file, field } = place;
  const kind = KINDS.get(type);
  const wanted = kind === undefined ? Math.ceil((count * packedBits(type)) / 8) : count * BYTES_PER_ELEMENT[kind];
  if (bytes.length !== wanted) {
    throw new ModelFormatError(file, 'the tensor does not hold what its dimensions say', {
      field,
      got: `${bytes.length} bytes`,
      wanted: `${wanted}`,
    });
  }
  spend(place, type, count);
  if (kind === undefined) return fromPackedBytes(bytes, type, count);
  const native = nativeElements(bytes, kind, true);
  if (native.constructor === constantData(type, 0).constructor) return native as ConstantData;
  const data = constantData(type, count);
  const convert = type === 'float16' ? float16ToFloat32 : type === 'bfloat16' ? bfloat16ToFloat32 : Number;
  for (let index = 0; index < count; index++) data[index] = convert(native[index] as never);
  return data;
}

/** Bits of the integers that share bytes. */
function packedBits(type: ElementType): number {
  return type.endsWith('2') ? 2 : 4;
}

/** Integers of two or four bits, the first in the lowest bits of a byte. */
function fromPackedBytes(bytes: Uint8Array, type: ElementType, count: number): ConstantData {
  const bits = packedBits(type);
  const perByte = 8 / bits;
  const span = 2 ** bits;
  const data = constantData(type, count);
  for (let index = 0; index < count; index++) {
    const value = ((bytes[Math.floor(index / perByte)] as number) >> (bits * (index % perByte))) & (span - 1);
    data[index] = !type.startsWith('u') && value >= span / 2 ? value - span : value;
  }
  return data;
}

/** Elements in the typed fields of TensorProto; 16-bit floats stand in int32_data as bit patterns. */
function fromNumbers(tensor: TensorProto, type: ElementType, count: number, place: Place): ConstantData {
  const { file, field } = place;
  const isPacked = !KINDS.has(type);
  const values = numbersField(tensor, type);
  const wanted = isPacked ? Math.ceil((count * packedBits(type)) / 8) : count;
  if (values.length !== wanted) {
    throw new ModelFormatError(file, 'the tensor does not hold what its dimensions say', {
      field,
      got: `${values.length} elements`,
      wanted: `${wanted}`,
    });
  }
  spend(place, type, count);
  if (isPacked) return fromPackedBytes(Uint8Array.from(values as number[]), type, count);
  const data = constantData(type, count);
  const convert = type === 'float16' ? float16ToFloat32 : type === 'bfloat16' ? bfloat16ToFloat32 : Number;
  for (let index = 0; index < count; index++) data[index] = convert(values[index] as never);
  return data;
}

function numbersField(tensor: TensorProto, type: ElementType): readonly (number | bigint)[] {
  switch (type) {
    case 'float32':
      return tensor.floatData;
    case 'float64':
      return tensor.doubleData;
    case 'int64':
      return tensor.int64Data;
    case 'uint32':
    case 'uint64':
      return tensor.uint64Data;
    default:
      return tensor.int32Data;
  }
}
