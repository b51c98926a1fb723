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
  return decodeWithin(schema, bytes, file).message;
}

/** The same, with the bytes of memory that are left of what a file of this length may take. */
function decodeWithin<Schema extends DescMessage>(
  schema: Schema,
  bytes: Uint8Array,
  file: string,
): { readonly message: MessageShape<Schema>; readonly memory: number } {
  if (bytes.length === 0) throw new ModelFormatError(file, 'the file is empty');
  const memory = checkWire(bytes, schema, file);
  try {
    return { message: fromBinary(schema, bytes, { readUnknownFields: false }), memory };
  } catch (thrown) {
    throw new ModelFormatError(file, `not an ONNX file (${reasonOf(thrown)})`, {}, { cause: thrown });
  }
}

const OLDEST_OPSET = 6;
const NEWEST_OPSET = 28;

export interface DecodedModel {
  readonly proto: ModelProto;
  readonly opset: number;
  /** Bytes that tensors made of the file may take. */
  readonly memory: number;
}

/** An ONNX model with a graph and an opset that is read, undecoded bytes left as they are. Throws ModelFormatError. */
export function decodeModel(bytes: Uint8Array, file: string): DecodedModel {
  const { message: proto, memory } = decodeWithin(ModelProtoSchema, bytes, file);
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
  return { proto, opset, memory };
}

export function encodeModel(proto: ModelProto): Uint8Array {
  return toBinary(ModelProtoSchema, proto);
}
