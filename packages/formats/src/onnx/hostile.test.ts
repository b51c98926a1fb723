import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { fuzzOnnx } from '../../fuzz/fuzz-onnx.ts';
import { prototypes } from '../../fuzz/run.ts';
import { fuzzSeeds } from '../../fuzz/seeds.ts';
import { ModelFormatError } from '../errors.ts';
import { MOST_NODES } from './limits.ts';
import { onnxFile } from './onnx-file.test-helper.ts';
import { readOnnxGraph, type OnnxReadOptions } from './read-graph.ts';
import { TensorProto_DataLocation as Location, TensorProto_DataType as Code, TensorProtoSchema } from './schema.gen.ts';
import { integerTensor, node } from './write/messages.ts';

test('10,000 mutants are read or refused with typed errors, each in less than a second', () => {
  const before = prototypes();
  const report = fuzzOnnx(fuzzSeeds(), 0, 10_000);
  expect(report.broken).toEqual([]);
  expect(report.read).toBeGreaterThan(500);
  expect(report.refused).toBeGreaterThan(500);
  expect(prototypes()).toBe(before);
});

/** The bytes as a message in field `number` of another one. */
function wrapped(number: number, bytes: Uint8Array): Uint8Array {
  const head = [(number << 3) | 2];
  for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
    head.push(rest >= 128 ? (rest % 128) | 128 : rest);
    if (rest < 128) break;
  }
  const result = new Uint8Array(head.length + bytes.length);
  result.set(head);
  result.set(bytes, head.length);
  return result;
}

/** Messages in messages, the outermost one's field first. */
function nested(fieldAt: (level: number) => number, depth: number): Uint8Array {
  let bytes: Uint8Array = new Uint8Array(0);
  for (let level = depth - 1; level >= 0; level--) {
    bytes = wrapped(fieldAt(level), bytes);
  }
  return bytes;
}

const tensor = (
  fields: Pick<MessageInitShape<typeof TensorProtoSchema>, 'dims' | 'rawData' | 'dataLocation' | 'externalData'>,
) => create(TensorProtoSchema, { name: 'w', dataType: Code.FLOAT, ...fields });
const external = (location: string) =>
  tensor({
    dims: [1n],
    dataLocation: Location.EXTERNAL,
    externalData: [{ key: 'location', value: location }],
  });

const refused: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
  ['no bytes', () => new Uint8Array(0), /empty/],
  ['text', () => new TextEncoder().encode('{"not": "protobuf"}'), /hostile/],
  ['a length beyond the file', () => Uint8Array.of(0x3a, 0xff, 0xff, 0x03), /byte 4: .*beyond/],
  ['a number that does not end', () => new Uint8Array(20).fill(0xff), /more than ten bytes/],
  // Model, graph, node, attribute, graph, node, …
  [
    'graphs in graphs',
    () => nested((level) => (level === 0 ? 7 : ([1, 5, 6][(level - 1) % 3] as number)), 160),
    /nested too deeply/,
  ],
  [
    'many empty nodes',
    () => {
      const nodes = new Uint8Array(2 * (MOST_NODES + 1)).map((_, index) => (index % 2 === 0 ? 0x0a : 0));
      return wrapped(7, nodes);
    },
    /too many nodes/,
  ],
  ['a tensor of claims', () => onnxFile({ tensors: [tensor({ dims: [2n ** 40n] })] }), /tensor w.*got 0/],
  ['a negative size', () => onnxFile({ tensors: [tensor({ dims: [-1n] })] }), /whole number/],
  [
    'nine dimensions',
    () => onnxFile({ tensors: [tensor({ dims: Array.from({ length: 9 }, () => 1n) })] }),
    /too many dimensions/,
  ],
  [
    'bytes too many',
    () => onnxFile({ tensors: [tensor({ dims: [1n], rawData: new Uint8Array(8) })] }),
    /got 8 bytes; wanted 4/,
  ],
  ['an opset of the future', () => onnxFile({ opset: 99 }), /got 99; wanted 6 to 28/],
  [
    'a shape of petabytes',
    () =>
      onnxFile({
        nodes: [node('ConstantOfShape', ['size'], ['y'], {}, 'huge')],
        tensors: [integerTensor('size', [2 ** 20, 2 ** 20])],
      }),
    /huge.*too much memory/,
  ],
  [
    'a range without end',
    () =>
      onnxFile({
        nodes: [node('Range', ['a', 'b', 'c'], ['y'], {}, 'endless')],
        tensors: [integerTensor('a', [0]), integerTensor('b', [2 ** 50]), integerTensor('c', [1])],
      }),
    /endless.*too much memory/,
  ],
  [
    'a value of two producers',
    () =>
      onnxFile({
        nodes: [node('Relu', ['x'], ['y'], {}, 'first'), node('Relu', ['x'], ['y'], {}, 'second')],
      }),
    /second.*two producers/,
  ],
  [
    'a value of no producer',
    () => onnxFile({ nodes: [node('Relu', ['nothing'], ['y'], {}, 'lost')] }),
    /lost.*no producer/,
  ],
  [
    'an attribute of another type',
    () =>
      onnxFile({
        nodes: [node('Softmax', ['x'], ['y'], { axis: 'last' }, 'typed')],
      }),
    /typed.*attribute axis/,
  ],
];

test.each(refused)('refuses %s', (_name, make, message) => {
  const bytes = make();
  const start = performance.now();
  expect(() => readOnnxGraph(bytes, 'hostile.onnx')).toThrow(ModelFormatError);
  expect(() => readOnnxGraph(bytes, 'hostile.onnx')).toThrow(message);
  expect(performance.now() - start).toBeLessThan(2000);
});

test.each(['/etc/passwd', '../secret', 'a/../../b', 'C:\\x', 'file:///x', '', '~/x', 'a\\..\\b'])(
  'refuses external data at %j without asking for it',
  (location) => {
    const asked: string[] = [];
    const options: OnnxReadOptions = {
      externalData: (name) => {
        asked.push(name);
        return new Uint8Array(4);
      },
    };
    expect(() => readOnnxGraph(onnxFile({ tensors: [external(location)] }), 'm.onnx', options)).toThrow(
      /folder of the model/,
    );
    expect(asked).toEqual([]);
  },
);

test('reads external data of the folder, and says what is missing', () => {
  const nodes = [node('Add', ['x', 'w'], ['y'], {}, '')];
  const bytes = onnxFile({ nodes, tensors: [external('weights.bin')] });
  const data = new Uint8Array(new Float32Array([7]).buffer);
  const { parameters } = readOnnxGraph(bytes, 'm.onnx', { externalData: () => data });
  expect([...(parameters.get('w')?.data ?? [])]).toEqual([7]);
  expect(() => readOnnxGraph(bytes, 'm.onnx')).toThrow(/missing.*weights\.bin/);
  expect(() => readOnnxGraph(bytes, 'm.onnx', { externalData: () => data.subarray(0, 2) })).toThrow(
    /got 2 bytes; wanted 4/,
  );
});

test('names of prototypes are names like others', () => {
  const nodes = [
    node('Relu', ['x'], ['__proto__'], {}, 'constructor'),
    node('Relu', ['__proto__'], ['toString'], {}, ''),
  ];
  const { graph } = readOnnxGraph(onnxFile({ nodes }), 'm.onnx');
  expect(graph.outputs).toEqual(['toString']);
});

test('every operator that cannot be run is listed at once, nodes behind them are not', () => {
  const nodes = [
    node('LSTM', ['x'], ['a'], {}, 'one'),
    node('If', ['x'], ['b'], {}, 'two'),
    node('Relu', ['a'], ['c'], {}, 'three'),
    node('LSTM', ['x'], ['d'], {}, 'four'),
  ];
  const { unsupported } = readOnnxGraph(onnxFile({ nodes }), 'm.onnx');
  expect(unsupported.map(({ node: name }) => name)).toEqual(['LSTM "one"', 'If "two"', 'LSTM "four"']);
});
