import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { memoryOf } from '../../fuzz/memory.ts';
import { ModelFormatError } from '../errors.ts';
import { onnxFile } from './onnx-file.test-helper.ts';
import { readOnnxGraph, type OnnxReadOptions } from './read-graph.ts';
import {
  AttributeProto_AttributeType as Type,
  AttributeProtoSchema,
  TensorProto_DataLocation as Location,
  TensorProto_DataType as Code,
  TensorProtoSchema,
  type NodeProto,
  type TensorProto,
} from './schema.gen.ts';
import { integerTensor, node } from './write/messages.ts';

const file = (nodes: readonly NodeProto[], tensors: readonly TensorProto[] = []) =>
  onnxFile({ nodes, tensors, opset: 21 });

/** A node with one attribute of many integers, a byte each in the file. */
function integers(count: number): NodeProto {
  const attribute = create(AttributeProtoSchema, {
    name: 'value_ints',
    type: Type.INTS,
    ints: Array.from({ length: count }, () => 1n),
  });
  return { ...node('Constant', [], ['list'], {}, ''), attribute: [attribute] };
}

const bytesTensor = (dataType: number, dims: readonly number[], rawData: Uint8Array) =>
  create(TensorProtoSchema, { name: 'w', dataType, dims: dims.map(BigInt), rawData });

const outside = (index: number) =>
  create(TensorProtoSchema, {
    name: `w${index}`,
    dataType: Code.FLOAT,
    dims: [2n ** 20n],
    dataLocation: Location.EXTERNAL,
    externalData: [{ key: 'location', value: 'weights' }],
  });

/** Steps that each double what the one before computed. */
function doublings(op: (input: string, output: string) => NodeProto, steps: number): readonly NodeProto[] {
  return Array.from({ length: steps }, (_, step) => op(step === 0 ? 'start' : `v${step - 1}`, `v${step}`));
}

const files: readonly (readonly [string, () => Uint8Array, OnnxReadOptions?])[] = [
  ['empty nodes', () => file(Array.from({ length: 30_000 }, () => node('', [], [], {}, '')))],
  ['many short nodes', () => file(Array.from({ length: 20_000 }, (_, k) => node('Relu', ['x'], [`v${k}`], {}, '')))],
  ['a long list of small integers', () => file([integers(400_000)])],
  [
    'a sum of very many values',
    () =>
      file([
        node(
          'Sum',
          Array.from({ length: 200_000 }, () => 'x'),
          ['y'],
          {},
          '',
        ),
      ]),
  ],
  [
    'bytes for floats',
    () =>
      file(
        [node('DequantizeLinear', ['w', 'scale'], ['y'], {}, '')],
        [
          bytesTensor(Code.INT8, [4_000_000], new Uint8Array(4_000_000)),
          create(TensorProtoSchema, { name: 'scale', dataType: Code.FLOAT, floatData: [1] }),
        ],
      ),
  ],
  [
    'numbers of two bits',
    () =>
      file(
        [node('Cast', ['w'], ['y'], { to: Code.DOUBLE }, '')],
        [bytesTensor(Code.UINT2, [16_000_000], new Uint8Array(4_000_000))],
      ),
  ],
  [
    'doubles from bytes, again and again',
    () =>
      file(
        Array.from({ length: 10 }, (_, k) => node('Cast', ['w'], [`v${k}`], { to: Code.DOUBLE }, '')),
        [bytesTensor(Code.UINT8, [2_000_000], new Uint8Array(2_000_000))],
      ),
  ],
  [
    'lists that double',
    () =>
      file(
        doublings((input, output) => node('Concat', [input, input], [output], { axis: 0 }, ''), 40),
        [integerTensor('start', [1, 2, 3])],
      ),
  ],
  [
    'one external file, a thousand times',
    () =>
      file(
        [node('Relu', ['x'], ['y'], {}, '')],
        Array.from({ length: 1000 }, (_, index) => outside(index)),
      ),
    { externalData: () => new Uint8Array(2 ** 22) },
  ],
];

test.each(files.map(([name, make, options]) => ({ name, make, options })))(
  'reading $name takes at most eight times the file and 64 MiB',
  ({ make, options = {} }) => {
    const bytes = make();
    const length = bytes.length + (options.externalData?.('weights')?.length ?? 0);
    const { bytes: taken, isOver } = memoryOf(length, () => {
      try {
        readOnnxGraph(bytes, 'm.onnx', options);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(ModelFormatError);
      }
    });
    expect(isOver, `${taken} bytes for ${length}`).toBe(false);
  },
);
