import { create } from '@bufbuild/protobuf';
import type { Dimension } from '@convscope/gpu-engine/graph';
import { encodeModel } from './decode.ts';
import { ModelProtoSchema, TensorProto_DataType as Code, type NodeProto, type TensorProto } from './schema.gen.ts';
import { valueInfo } from './write/messages.ts';

export interface OnnxParts {
  readonly nodes?: readonly NodeProto[];
  readonly tensors?: readonly TensorProto[];
  /** Shapes of float32 inputs by name. Default: x, 2 x 3. */
  readonly inputs?: Readonly<Record<string, readonly Dimension[]>>;
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** An ONNX file whose output is the first one of its last node. */
export function onnxFile({
  nodes = [],
  tensors = [],
  inputs = { x: [2, 3] },
  opset = 17,
  metadata = {},
}: OnnxParts): Uint8Array {
  return encodeModel(
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ domain: '', version: BigInt(opset) }],
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: 'test',
        node: [...nodes],
        initializer: [...tensors],
        input: Object.entries(inputs).map(([name, shape]) => valueInfo(name, Code.FLOAT, shape)),
        output: [valueInfo(nodes.at(-1)?.output[0] ?? 'x', Code.FLOAT, [])],
      },
    }),
  );
}
