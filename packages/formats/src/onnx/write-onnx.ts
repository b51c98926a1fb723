import { create } from '@bufbuild/protobuf';
import { ConvscopeError, valueOf, type Graph, type GraphNode } from '@convscope/gpu-engine/graph';
import type { Model } from '../model.ts';
import { encodeModel } from './decode.ts';
import { ModelProtoSchema, TensorProto_DataType as Code, type GraphProto, type ValueInfoProto } from './schema.gen.ts';
import { floatTensor, valueInfo } from './write/messages.ts';
import { writers } from './write/table.ts';
import { WriteContext } from './write/context.ts';

const IR_VERSION = 8n;
const OPSET = 17n;

/**
 * The model as an ONNX file of opset 17, weights inside, batch left open: what other runtimes read. Preprocessing and
 * labels stand in its metadata, where `readOnnx` finds them. Throws `invalid-graph` for ops that ONNX has no word for.
 */
export function writeOnnx(model: Model): Uint8Array {
  const { graph, parameters, preprocessing, labels, name, notes } = model;
  const context = new WriteContext(graph);
  for (const graphNode of graph.nodes) writeNode(context, graphNode);
  const metadata = new Map([
    ['convscope.preprocessing', JSON.stringify(preprocessing)],
    ['convscope.labels', JSON.stringify(labels)],
    ...[...notes].map(([key, note]) => [`convscope.note.${key}`, note] as const),
  ]);
  const initializer: GraphProto['initializer'] = [
    ...[...parameters].map(([key, tensor]) => floatTensor(key, tensor)),
    ...[...graph.constants].map(([key, tensor]) => floatTensor(key, tensor)),
    ...context.tensors,
  ];
  return encodeModel(
    create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: 'convscope',
      opsetImport: [{ domain: '', version: OPSET }],
      metadataProps: [...metadata].map(([key, value]) => ({ key, value })),
      graph: {
        name,
        node: context.nodes,
        initializer,
        input: graph.inputs.map((input) => info(graph, input)),
        output: graph.outputs.map((output) => info(graph, output)),
      },
    }),
  );
}

function writeNode(context: WriteContext, graphNode: GraphNode): void {
  const write = writers.get(graphNode.op);
  if (write === undefined) {
    throw new ConvscopeError('invalid-graph', 'ONNX files are not written with this op', {
      node: graphNode.name,
      got: graphNode.op,
      wanted: [...writers.keys()].join(', '),
    });
  }
  write(context, graphNode);
}

function info(graph: Graph, name: string): ValueInfoProto {
  const { dtype, shape } = valueOf(graph, name);
  return valueInfo(name, dtype === 'float32' ? Code.FLOAT : Code.INT32, shape);
}
