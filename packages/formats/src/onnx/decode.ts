import { fromBinary, toBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { ModelFormatError, reasonOf } from '../errors.ts';
import { ModelProtoSchema, type ModelProto } from './schema.gen.ts';
import { checkWire } from './wire-check.ts';

/** Decodes a protobuf message after checking its bytes. Byte fields stay views of `bytes`. Throws ModelFormatError. */
export function decodeMessage<Schema extends DescMessage>(
  schema: Schema,
  bytes: Uint8Array,
  file: string,
): MessageShape<Schema> {
  if (bytes.length === 0) throw new ModelFormatError(file, 'the file is empty');
  checkWire(bytes, schema, file);
  try {
    return fromBinary(schema, bytes, { readUnknownFields: false });
  } catch (thrown) {
    throw new ModelFormatError(file, `not an ONNX file (${reasonOf(thrown)})`, {}, { cause: thrown });
  }
}

export const OLDEST_OPSET = 6;
export const NEWEST_OPSET = 28;

/** An ONNX model with a graph and an opset that is read, undecoded bytes left as they are. Throws ModelFormatError. */
export function decodeModel(bytes: Uint8Array, file: string): { readonly proto: ModelProto; readonly opset: number } {
  const proto = decodeMessage(ModelProtoSchema, bytes, file);
  if (proto.graph === undefined) throw new ModelFormatError(file, 'not an ONNX model: it has no graph');
  const main = proto.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  const opset = Number(main?.version ?? 0);
  if (!(opset >= OLDEST_OPSET && opset <= NEWEST_OPSET)) {
    throw new ModelFormatError(file, 'this version of the operator set is not read', {
      field: 'opset_import',
      got: main === undefined ? 'none' : opset,
      wanted: `${OLDEST_OPSET} to ${NEWEST_OPSET}`,
    });
  }
  return { proto, opset };
}

export function encodeModel(proto: ModelProto): Uint8Array {
  return toBinary(ModelProtoSchema, proto);
}
