import { create } from '@bufbuild/protobuf';
import type { Dimension, TensorData } from '@convscope/gpu-engine/graph';
import {
  AttributeProto_AttributeType as Type,
  AttributeProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as Code,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from '../schema.gen.ts';

/** A float32 or int32 tensor with its bytes as they lie in memory: little-endian, as ONNX wants them. */
export function floatTensor(name: string, { dtype, shape, data }: TensorData): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: dtype === 'float32' ? Code.FLOAT : Code.INT32,
    dims: shape.map(BigInt),
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  });
}

export function integerTensor(name: string, values: readonly number[]): TensorProto {
  const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return create(TensorProtoSchema, { name, dataType: Code.INT64, dims: [BigInt(values.length)], rawData });
}

/** Integers as `integer(1)`, lists of them, floats as `{ float: 1 }`, texts. */
export type AttributeContent = number | string | readonly number[] | { readonly float: number };

export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, AttributeContent>>,
  name: string,
): NodeProto {
  const attribute = Object.entries(attributes).map(([key, content]) => attributeOf(key, content));
  return create(NodeProtoSchema, { opType, input: [...input], output: [...output], name, attribute });
}

function attributeOf(name: string, content: AttributeContent): AttributeProto {
  if (typeof content === 'number') return create(AttributeProtoSchema, { name, type: Type.INT, i: BigInt(content) });
  if (typeof content === 'string') {
    return create(AttributeProtoSchema, { name, type: Type.STRING, s: new TextEncoder().encode(content) });
  }
  if ('float' in content) return create(AttributeProtoSchema, { name, type: Type.FLOAT, f: content.float });
  return create(AttributeProtoSchema, { name, type: Type.INTS, ints: content.map(BigInt) });
}

/** A name with its type and sizes; symbols stay symbols. */
export function valueInfo(name: string, elemType: number, shape: readonly Dimension[]): ValueInfoProto {
  const dim = shape.map((size) => ({
    value:
      typeof size === 'number'
        ? { case: 'dimValue' as const, value: BigInt(size) }
        : { case: 'dimParam' as const, value: size },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } },
  });
}
