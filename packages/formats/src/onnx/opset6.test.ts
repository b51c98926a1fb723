import { elementCount, float32Tensor, type TensorData } from '@convscope/gpu-engine';
import type { GpuDevice } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ModelFormatError } from '../errors.ts';
import { onnxFile } from './onnx-file.test-helper.ts';
import { readOnnxGraph } from './read-graph.ts';
import { runGraph } from './run-graph.test-helper.ts';
import type { NodeProto } from './schema.gen.ts';
import { floatTensor, node } from './write/messages.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

interface Parts {
  readonly nodes: readonly NodeProto[];
  readonly inputs: Readonly<Record<string, TensorData>>;
  readonly weights?: Readonly<Record<string, TensorData>>;
  readonly opset?: number;
}

function file({ nodes, inputs, weights = {}, opset = 6 }: Parts): Uint8Array {
  return onnxFile({
    nodes,
    tensors: Object.entries(weights).map(([name, tensor]) => floatTensor(name, tensor)),
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape])),
    opset,
  });
}

async function run(parts: Parts): Promise<readonly number[]> {
  const { graph, parameters, knownOutputs, unsupported } = readOnnxGraph(file(parts), 'old.onnx', { batch: 'stated' });
  expect(unsupported).toEqual([]);
  const known = knownOutputs.get('y');
  if (known !== undefined) return [...known.data];
  return [...((await runGraph(device, graph, parameters, parts.inputs)).get('y')?.data ?? [])];
}

const count = (shape: readonly number[], start = 0) =>
  float32Tensor(
    shape,
    Float32Array.from({ length: elementCount(shape) }, (_, index) => start + index),
  );

// Element [n, c, h] of 0, 1, 2, … in 2 x 3 x 2 is 6 n + 2 c + h.
const x = count([2, 3, 2]);
const three = float32Tensor([3], [10, 20, 30]);
const expected = (change: (value: number, n: number, c: number, h: number) => number) =>
  [...x.data].map((value, index) => change(value, Math.floor(index / 6), Math.floor(index / 2) % 3, index % 2));

const places: readonly (readonly [string, readonly number[], object, (n: number, c: number, h: number) => number])[] = [
  ['the channels', [3], { axis: 1 }, (_n, c) => c],
  ['an axis from the end', [3], { axis: -2 }, (_n, c) => c],
  ['two axes from the first', [2, 3], { axis: 0 }, (n, c) => 3 * n + c],
  ['the last axis by default', [2], {}, (_n, _c, h) => h],
  ['one number of two dimensions', [1, 1], { axis: 0 }, () => 0],
  ['a row of ones', [3, 1], { axis: 1 }, (_n, c) => c],
];

test.each(places)(
  'broadcast along %s, computed by the device and while reading',
  async (_name, shape, axis, element) => {
    const b = count(shape, 1);
    const nodes = [node('Sub', ['x', 'b'], ['y'], { broadcast: 1, ...axis }, '')];
    const wanted = expected((value, n, c, h) => value - 1 - element(n, c, h));
    expect(await run({ nodes, inputs: { x, b } })).toEqual(wanted);
    expect(await run({ nodes, inputs: { x }, weights: { b } })).toEqual(wanted);
    expect(await run({ nodes, inputs: {}, weights: { x, b } })).toEqual(wanted);
  },
);

test('a sum with one number a channel is a bias', () => {
  const nodes = [node('Add', ['x', 'b'], ['y'], { broadcast: 1, axis: 1 }, '')];
  const { graph } = readOnnxGraph(file({ nodes, inputs: { x }, weights: { b: three } }), 'old.onnx');
  expect(graph.nodes.map(({ op }) => op)).toEqual(['bias']);
});

test('from opset 7 on the same shapes follow numpy', () => {
  const nodes = [node('Add', ['x', 'b'], ['y'], {}, 'sum')];
  expect(() => readOnnxGraph(file({ nodes, inputs: { x }, weights: { b: three }, opset: 7 }), 'new.onnx')).toThrow(
    ModelFormatError,
  );
});

test.each([
  [{}, [3], /sum.*broadcast is not set; got 1; wanted 3/],
  [{ broadcast: 1, axis: 2 }, [2, 1], /sum.*does not lie along/],
  [{ broadcast: 1 }, [1, 1, 1, 1], /sum.*does not lie along/],
] as const)('refuses %j with a second operand of %j', (attributes, shape, message) => {
  const nodes = [node('Add', ['x', 'b'], ['y'], attributes, 'sum')];
  expect(() => readOnnxGraph(file({ nodes, inputs: { x }, weights: { b: count(shape) } }), 'old.onnx')).toThrow(
    message,
  );
});

test('a list of slopes is one a channel', async () => {
  const negative = float32Tensor(
    [2, 3, 2],
    x.data.map((value) => -value),
  );
  const nodes = [node('PRelu', ['x', 'slope'], ['y'], {}, '')];
  const wanted = expected((value, _n, c) => -value * 10 * (c + 1)).map((value) => value + 0);
  expect((await run({ nodes, inputs: { x: negative }, weights: { slope: three } })).map((value) => value + 0)).toEqual(
    wanted,
  );
});

test('batch normalization by places instead of channels', async () => {
  const weights = {
    scale: count([3, 2], 1),
    shift: count([3, 2], -5),
    mean: count([3, 2], 2),
    variance: float32Tensor([3, 2], [1, 4, 9, 16, 25, 36]),
  };
  const names = ['x', 'scale', 'shift', 'mean', 'variance'];
  const attributes = { is_test: 1, spatial: 0, epsilon: { float: 0 } };
  const nodes = [node('BatchNormalization', names, ['y'], attributes, '')];
  const got = await run({ nodes, inputs: { x }, weights });
  const wanted = expected((value, _n, c, h) => {
    const place = 2 * c + h;
    return ((value - 2 - place) / (place + 1)) * (place + 1) + place - 5;
  });
  got.forEach((value, index) => expect(value).toBeCloseTo(wanted[index] as number, 4));
});

test('Upsample scales pictures by two numbers', async () => {
  const nodes = [node('Upsample', ['x'], ['y'], { height_scale: { float: 2 }, width_scale: { float: 1 } }, '')];
  expect(await run({ nodes, inputs: { x: count([1, 1, 2, 2]) } })).toEqual([0, 1, 0, 1, 2, 3, 2, 3]);
});

test('other outputs of normalization, which only training uses, are passed over', async () => {
  const one = float32Tensor([3], [1, 1, 1]);
  const names = ['x', 'scale', 'shift', 'mean', 'variance'];
  const nodes = [node('BatchNormalization', names, ['y', 'm', 'v', 'sm', 'sv'], { epsilon: { float: 0 } }, '')];
  const weights = { scale: one, shift: three, mean: float32Tensor([3]), variance: one };
  expect(await run({ nodes, inputs: { x }, weights })).toEqual(expected((value, _n, c) => value + 10 * (c + 1)));
});
