import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor, GraphBuilder, valueOf } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import type { Model } from '@convscope/formats';
import { methodNamed } from './method-named.ts';
import { receptiveField, type Box } from './receptive-field.ts';
import { Session } from './session.ts';

const [HEIGHT, WIDTH] = [29, 23];

/** A network in which every place that can matter does: all weights are 1, nothing is cut off by a ReLU or a maximum. */
function openNetwork(build: (b: GraphBuilder, x: string) => string): Model {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', ['N', 1, HEIGHT, WIDTH]);
  const maps = b.op('identity', [build(b, x)], {}, 'maps');
  b.output(b.op('flatten', [b.op('globalAveragePool', [maps])], {}, 'logits'));
  const graph = b.build();
  const ones = (shape: readonly number[]) => float32Tensor(shape).data.fill(1);
  const parameters = [...graph.parameters.keys()].map((name) => {
    const shape = valueOf(graph, name).shape as readonly number[];
    return [name, float32Tensor(shape, ones(shape))] as const;
  });
  const plain = { channels: 1, height: HEIGHT, width: WIDTH, mean: [0], standardDeviation: [1], scale: 1 } as const;
  return {
    name: 'open',
    graph,
    parameters: new Map(parameters),
    input: 'x',
    logits: 'logits',
    preprocessing: { ...plain, order: 'rgb', resize: 'stretch' },
    labels: [],
    notes: new Map(),
  };
}

const conv = (b: GraphBuilder, x: string, kernel: readonly [number, number], attributes = {}): string =>
  b.op('conv2d', [x, b.parameter(b.freshName('w'), [1, 1, ...kernel])], attributes);
const pool = (b: GraphBuilder, x: string, attributes: object): string =>
  b.op('averagePool', [x], { kernelSize: [2, 2], strides: [2, 2], ...attributes });

const networks: readonly [string, (b: GraphBuilder, x: string) => string][] = [
  ['a strided convolution', (b, x) => conv(b, x, [3, 5], { strides: [2, 3], pads: [1, 2, 0, 1] })],
  ['dilation', (b, x) => conv(b, conv(b, x, [3, 2], { dilations: [3, 4], pads: [3, 2, 3, 2] }), [3, 3])],
  [
    'pools in ceil mode',
    (b, x) => conv(b, pool(b, pool(b, x, {}), { ceilMode: true }), [3, 3], { pads: [1, 1, 1, 1] }),
  ],
  [
    'a sum',
    (b, x) => b.op('add', [conv(b, x, [5, 1], { pads: [2, 0, 2, 0] }), conv(b, x, [1, 3], { pads: [0, 1, 0, 1] })]),
  ],
  [
    'a concatenation, then 3x3',
    (b, x) => {
      const both = b.op('concat', [x, conv(b, x, [1, 7], { pads: [0, 3, 0, 3] })], { axis: 1 });
      return b.op('conv2d', [both, b.parameter('joined', [1, 2, 3, 3])], { pads: [1, 1, 1, 1] });
    },
  ],
  ['a concatenation of rows', (b, x) => b.op('concat', [conv(b, x, [3, 1]), conv(b, x, [1, 1])], { axis: 2 })],
  [
    'padding and slicing',
    (b, x) =>
      conv(
        b,
        b.op('slice', [b.op('pad', [x], { axis: 3, before: 4, after: 1 })], { axis: 2, start: 3, length: 12, step: 2 }),
        [2, 2],
      ),
  ],
  [
    'a transposed convolution',
    (b, x) => b.op('convTranspose2d', [x, b.parameter('up', [1, 1, 3, 4])], { strides: [2, 2], pads: [1, 1, 0, 1] }),
  ],
  ['bilinear upsampling', (b, x) => b.op('resize', [pool(b, x, {})], { size: [HEIGHT, WIDTH] })],
  ['nearest upsampling', (b, x) => b.op('resize', [pool(b, x, {})], { size: [28, 22], mode: 'nearest' })],
  [
    'space to depth',
    (b, x) =>
      b.op(
        'reduceSum',
        [
          b.op(
            'spaceToDepth',
            [b.op('slice', [b.op('slice', [x], { axis: 2, start: 0, length: 28 })], { axis: 3, start: 0, length: 22 })],
            { blockSize: 2 },
          ),
        ],
        { axes: [1], keepDimensions: true },
      ),
  ],
  ['a gate of global averages', (b, x) => b.op('multiply', [conv(b, x, [3, 3]), b.op('globalAveragePool', [x])])],
];

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

/** The box around the pixels whose derivative is not zero. */
function supportOf(data: ArrayLike<number>): Box {
  let [top, left, bottom, right] = [HEIGHT, WIDTH, -1, -1];
  for (let pixel = 0; pixel < data.length; pixel++) {
    if (data[pixel] === 0) continue;
    const [y, x] = [Math.floor(pixel / WIDTH), pixel % WIDTH];
    [top, left, bottom, right] = [Math.min(top, y), Math.min(left, x), Math.max(bottom, y), Math.max(right, x)];
  }
  if (bottom < 0) return { top: 0, left: 0, height: 0, width: 0 };
  return { top, left, height: bottom - top + 1, width: right - left + 1 };
}

test.each(networks)('is where the derivative of a unit is not zero: %s', async (_, build) => {
  const session = await Session.create(device, openNetwork(build));
  const values = Float32Array.from({ length: HEIGHT * WIDTH }, (_value, index) => 1 + (index % 7));
  const input = float32Tensor([1, 1, HEIGHT, WIDTH], values);
  const graph = session.graphFor(input);
  const [, , height, width] = valueOf(graph, 'maps').shape as [number, number, number, number];
  const middle = [Math.floor(height / 2), Math.floor(width / 2)] as const;
  for (const [y, x] of [[0, 0], middle, [height - 1, width - 1], [0, width - 1], [1, 2]] as const) {
    const explanation = await session.explain(methodNamed('gradient'), {
      input,
      layer: 'maps',
      unit: { channel: 0, y, x },
    });
    const { data } = await explanation.tensor.read();
    explanation.dispose();
    expect({ y, x, ...receptiveField(graph, 'maps', y, x) }).toEqual({ y, x, ...supportOf(data) });
  }
  session.dispose();
});
