import { create } from '@bufbuild/protobuf';
import { smallNetwork } from '../testing/small-network.ts';
import { encodeModel } from '../src/onnx/decode.ts';
import { ModelProtoSchema, TensorProto_DataType as Code } from '../src/onnx/schema.gen.ts';
import { integerTensor, node, valueInfo } from '../src/onnx/write/messages.ts';
import { writeOnnx } from '../src/onnx/write-onnx.ts';

/** Small valid files that mutants are made of: a network as the writer writes it, and an exporter's shape arithmetic. */
export function fuzzSeeds(): readonly Uint8Array[] {
  return [writeOnnx(smallNetwork()), shapeArithmetic()];
}

/** x.view(x.size(0), -1) as exporters write it, with more of the operators that are folded. */
export function shapeArithmetic(): Uint8Array {
  const nodes = [
    node('Shape', ['x'], ['shape'], {}, ''),
    node('Gather', ['shape', 'zero'], ['batch'], { axis: 0 }, ''),
    node('Unsqueeze', ['batch', 'axes'], ['batches'], {}, ''),
    node('Concat', ['batches', 'rest'], ['target'], { axis: 0 }, ''),
    node('Pad', ['x', 'pads'], ['padded'], {}, ''),
    node('Slice', ['padded', 'starts', 'ends', 'spatial'], ['sliced'], {}, ''),
    node('Range', ['start', 'limit', 'step'], ['range'], {}, ''),
    node('Cast', ['range'], ['factors'], { to: Code.FLOAT }, ''),
    node('ConstantOfShape', ['side'], ['zeros'], {}, ''),
    node('Add', ['factors', 'zeros'], ['sum'], {}, ''),
    node('Mul', ['sliced', 'sum'], ['scaled'], {}, ''),
    node('Transpose', ['scaled'], ['turned'], { perm: [0, 1, 3, 2] }, ''),
    node('Split', ['turned', 'parts'], ['left', 'right'], { axis: 1 }, ''),
    node('Reshape', ['left', 'target'], ['flat'], {}, ''),
  ];
  const scalar = (name: string, value: number) => ({ ...integerTensor(name, [value]), dims: [] });
  const initializer = [
    scalar('zero', 0),
    scalar('start', 0),
    scalar('limit', 6),
    scalar('step', 1),
    integerTensor('axes', [0]),
    integerTensor('rest', [-1]),
    integerTensor('pads', [0, 0, 1, 1, 0, 0, 1, 1]),
    integerTensor('starts', [1, 1]),
    integerTensor('ends', [7, 7]),
    integerTensor('spatial', [2, 3]),
    integerTensor('side', [6]),
    integerTensor('parts', [1, 2]),
  ];
  return encodeModel(
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ domain: '', version: 17n }],
      graph: {
        name: 'shapes',
        node: nodes,
        initializer,
        input: [valueInfo('x', Code.FLOAT, ['batch', 3, 6, 6])],
        output: [valueInfo('flat', Code.FLOAT, ['batch', 36])],
      },
    }),
  );
}
