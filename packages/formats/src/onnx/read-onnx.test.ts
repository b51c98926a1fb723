import { create } from '@bufbuild/protobuf';
import { valueOf, type Dimension } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { shapeArithmetic } from '../../fuzz/seeds.ts';
import { smallNetwork } from '../../testing/small-network.ts';
import { withLabels, withPreprocessing } from '../presets.ts';
import { inspectOnnx } from './inspect-onnx.ts';
import { onnxFile, type OnnxParts } from './onnx-file.test-helper.ts';
import { readOnnxGraph } from './read-graph.ts';
import { readOnnx } from './read-onnx.ts';
import { TensorProto_DataType as Code, TensorProtoSchema } from './schema.gen.ts';
import { floatTensor, integerTensor, node } from './write/messages.ts';
import { writeOnnx } from './write-onnx.ts';

/** A file of one input `x`, a picture unless told. */
const file = ({ input = [1, 3, 4, 4], ...parts }: Omit<OnnxParts, 'inputs'> & { input?: readonly Dimension[] }) =>
  onnxFile({ ...parts, inputs: { x: input } });

const shapeOf = (bytes: Uint8Array, name: string) => valueOf(readOnnxGraph(bytes, 'test').graph, name).shape;
const opsOf = (bytes: Uint8Array) => readOnnxGraph(bytes, 'test').graph.nodes.map(({ op }) => op);

test('shape arithmetic of exporters is folded, the batch stays a symbol', () => {
  const { graph, unsupported } = readOnnxGraph(shapeArithmetic(), 'shapes');
  expect(unsupported).toEqual([]);
  expect(valueOf(graph, 'flat').shape).toEqual(['N', 36]);
  expect(graph.nodes.some(({ op }) => op === 'gather' || op === 'cast')).toBe(false);
});

test('a batch that was exported as 1 becomes a symbol, in fixed reshapes too', () => {
  const nodes = [node('Reshape', ['x', 'shape'], ['y'], {}, '')];
  expect(shapeOf(file({ nodes, tensors: [integerTensor('shape', [1, 48])] }), 'y')).toEqual(['N', 48]);
});

test('a network that mixes the pictures of a batch keeps the batch of its file, and says so', () => {
  const nodes = [node('ReduceMean', ['x'], ['y'], { axes: [0], keepdims: 0 }, '')];
  const { graph, notes } = readOnnxGraph(file({ nodes, input: [2, 3, 4, 4], opset: 13 }), 'test');
  expect(valueOf(graph, 'y').shape).toEqual([3, 4, 4]);
  expect(notes.size).toBe(0);
  const one = readOnnxGraph(file({ nodes, opset: 13 }), 'test');
  expect(valueOf(one.graph, 'y').shape).toEqual([3, 4, 4]);
  expect(one.notes.get('batch')).toMatch(/mixes/);
});

test('sizes that the file leaves open are bound by name', () => {
  const bytes = file({
    nodes: [node('GlobalAveragePool', ['x'], ['y'], {}, '')],
    input: ['batch', 3, 'height', 'width'],
  });
  const { graph } = readOnnxGraph(bytes, 'test', { sizes: { height: 8 } });
  expect(valueOf(graph, 'x').shape).toEqual(['N', 3, 8, 'width']);
});

test.each([
  [11, node('Squeeze', ['x'], ['y'], { axes: [0] }, ''), []],
  [13, node('Squeeze', ['x', 'axes'], ['y'], {}, ''), [integerTensor('axes', [0])]],
  [11, node('ReduceSum', ['x'], ['y'], { axes: [0], keepdims: 0 }, ''), []],
  [13, node('ReduceSum', ['x', 'axes'], ['y'], { keepdims: 0 }, ''), [integerTensor('axes', [0])]],
  [18, node('ReduceMax', ['x', 'axes'], ['y'], { keepdims: 0 }, ''), [integerTensor('axes', [0])]],
  [9, node('Slice', ['x'], ['y'], { starts: [1], ends: [3], axes: [2] }, ''), []],
  [11, node('Pad', ['x', 'pads'], ['y'], {}, ''), [integerTensor('pads', [0, 0, 1, 0, 0, 0, 0, 0])]],
  [10, node('Pad', ['x'], ['y'], { pads: [0, 0, 1, 0, 0, 0, 0, 0] }, ''), []],
  [10, node('Clip', ['x'], ['y'], { min: { float: 0 }, max: { float: 6 } }, ''), []],
  [
    11,
    node('Clip', ['x', '', 'max'], ['y'], {}, ''),
    [floatTensor('max', { dtype: 'float32', shape: [], data: Float32Array.of(6) })],
  ],
  [7, node('Upsample', ['x'], ['y'], {}, ''), []],
  [7, node('Dropout', ['x'], ['y', 'mask'], {}, ''), []],
] as const)('opset %i: %o is read', (opset, read, tensors) => {
  const { unsupported, outputs } = readOnnxGraph(file({ nodes: [read], tensors, opset }), 'test', { batch: 'stated' });
  expect(unsupported).toEqual([]);
  expect(outputs).toEqual(['y']);
});

test('softmax changes its meaning at opset 13', () => {
  const nodes = [node('Softmax', ['x'], ['y'], {}, '')];
  expect(opsOf(file({ nodes, opset: 11 }))).toEqual(['flatten', 'softmax', 'reshape']);
  expect(opsOf(file({ nodes, opset: 13 }))).toEqual(['softmax']);
});

test('quantized weights become floats, quantized activations stay within their range', () => {
  const scalar = (name: string, value: number) =>
    floatTensor(name, { dtype: 'float32', shape: [], data: Float32Array.of(value) });
  const int8 = (name: string, dims: readonly number[], values: readonly number[]) =>
    create(TensorProtoSchema, {
      name,
      dataType: Code.INT8,
      dims: dims.map(BigInt),
      rawData: new Uint8Array(Int8Array.from(values).buffer),
    });
  const nodes = [
    node('QuantizeLinear', ['x', 'sx', 'zx'], ['xq'], {}, ''),
    node('DequantizeLinear', ['xq', 'sx', 'zx'], ['xf'], {}, ''),
    node('DequantizeLinear', ['wq', 'sw', 'zw'], ['wf'], { axis: 0 }, ''),
    node('Conv', ['xf', 'wf'], ['y'], {}, ''),
  ];
  const tensors = [
    scalar('sx', 0.5),
    int8('zx', [], [-128]),
    int8('wq', [2, 3, 1, 1], [1, 2, 3, 4, 5, 6]),
    floatTensor('sw', { dtype: 'float32', shape: [2], data: Float32Array.of(0.5, 2) }),
    int8('zw', [2], [0, 1]),
  ];
  const { graph, parameters } = readOnnxGraph(file({ nodes, tensors }), 'test');
  expect([...(parameters.get('wf')?.data ?? [])]).toEqual([0.5, 1, 1.5, 6, 8, 10]);
  expect(graph.nodes.map(({ op }) => op)).toEqual(['clip', 'conv2d']);
  expect(graph.nodes[0]?.attributes).toEqual({ min: 0, max: 127.5 });
});

test('an added constant of one number a channel is a bias', () => {
  const bias = floatTensor('b', { dtype: 'float32', shape: [3, 1, 1], data: Float32Array.of(1, 2, 3) });
  expect(opsOf(file({ nodes: [node('Add', ['x', 'b'], ['y'], {}, '')], tensors: [bias] }))).toEqual(['bias']);
});

test('a final softmax is left out of the logits, and names of values stay', () => {
  const model = readOnnx(writeOnnx(smallNetwork()), 'small.onnx');
  expect(model.logits).toBe('logits');
  expect(model.notes.get('logits')).toMatch(/softmax is left out/);
  expect(valueOf(model.graph, 'residual').shape).toEqual(['N', 8, 6, 6]);
});

test('preprocessing comes from metadata, else it is a guess that can be changed', () => {
  const nodes = [node('GlobalAveragePool', ['x'], ['y'], {}, '')];
  const guessed = readOnnx(file({ nodes }), 'm.onnx');
  expect(guessed.notes.get('preprocessing')).toMatch(/imagenet-torch.*guess/);
  expect(guessed.logits).not.toBe('y');
  const stated = readOnnx(file({ nodes, metadata: { 'Image.NominalPixelRange': 'Normalized_1_1' } }), 'm.onnx');
  expect(stated.preprocessing).toMatchObject({ scale: 1 / 127.5, mean: [1, 1, 1] });
  const changed = withPreprocessing(guessed, 'imagenet-caffe');
  expect(changed.preprocessing).toMatchObject({ order: 'bgr', scale: 1, mean: [103.939, 116.779, 123.68] });
  expect(() => withPreprocessing(guessed, 'best')).toThrow(/imagenet-torch/);
});

test('labels come from metadata where there is one a class', () => {
  const nodes = [node('GlobalAveragePool', ['x'], ['y'], {}, '')];
  const labelled = (names: string) => readOnnx(file({ nodes, metadata: { names } }), 'm.onnx').labels;
  expect(labelled("{0: 'cat', 1: 'dog', 2: 'bird'}")).toEqual(['cat', 'dog', 'bird']);
  expect(labelled('["cat", "dog", "bird"]')).toEqual(['cat', 'dog', 'bird']);
  expect(labelled('cat\ndog')).toEqual([]);
  const model = readOnnx(file({ nodes }), 'm.onnx');
  expect(withLabels(model, ['a', 'b', 'c']).labels).toEqual(['a', 'b', 'c']);
  expect(() => withLabels(model, ['a'])).toThrow(/not one label a class/);
});

test('the report says what does not apply, and why', () => {
  const report = inspectOnnx(file({ nodes: [node('Relu', ['x'], ['y'], {}, '')], input: [1, 7, 4, 4] }), 'm.onnx');
  expect(report).toMatchObject({ nodes: 1, parameters: 0, valueBytes: 4 * 7 * 16, inputs: ['x Nx7x4x4'] });
  expect(report.limits).toHaveLength(2);
});

test('a network of twenty thousand nodes in a row is read, however deep', () => {
  const count = 20_000;
  const nodes = Array.from({ length: count }, (_, index) =>
    node('Relu', [index === 0 ? 'x' : `v${index - 1}`], [`v${index}`], {}, ''),
  );
  const { nodes: read, values } = readOnnxGraph(file({ nodes }), 'long').graph;
  expect(read).toHaveLength(count);
  expect(values.get(read.at(-1)?.outputs[0] ?? '')?.shape).toEqual(values.get('x')?.shape);
});
