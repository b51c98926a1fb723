import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random, type GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor, GraphBuilder, valueOf } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import type { Model } from '@convscope/formats';
import { methodApplies } from '../applicability.ts';
import { methodNamed } from '../method-named.ts';
import { Session } from '../session.ts';

/** One convolution, ReLU, and a head of three classes. */
function networkWith(head: (b: GraphBuilder, maps: string) => string): Model {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', ['N', 3, 6, 5]);
  const conv = b.op('conv2d', [x, b.parameter('conv.weight', [4, 3, 3, 3])], { pads: [1, 1, 1, 1] });
  const scores = head(b, b.op('relu', [conv], {}, 'maps'));
  b.alias('logits', scores);
  b.output(scores);
  const graph = b.build();
  const random = new Random(5);
  const parameters = [...graph.parameters.keys()].map((name) => {
    const shape = valueOf(graph, name).shape as readonly number[];
    return [
      name,
      float32Tensor(
        shape,
        float32Tensor(shape).data.map(() => random.bell()),
      ),
    ] as const;
  });
  return {
    name: 'head',
    graph,
    parameters: new Map(parameters),
    input: 'x',
    logits: 'logits',
    preprocessing: {
      channels: 3,
      height: 6,
      width: 5,
      mean: [0, 0, 0],
      standardDeviation: [1, 1, 1],
      scale: 1,
      order: 'rgb',
      resize: 'stretch',
    },
    labels: [],
    notes: new Map(),
  };
}

const random = new Random(6);
const input = float32Tensor(
  [2, 3, 6, 5],
  float32Tensor([2, 3, 6, 5]).data.map(() => random.bell()),
);
const heads: readonly [string, (b: GraphBuilder, maps: string) => string, string][] = [
  [
    'dense',
    (b, maps) => {
      const flat = b.op('flatten', [b.op('globalAveragePool', [maps])]);
      return b.op('bias', [b.op('dense', [flat, b.parameter('w', [3, 4])]), b.parameter('bias', [3])]);
    },
    'maps',
  ],
  [
    'a 1x1 convolution after the averages, which an average pool of the whole map takes',
    (b, maps) => {
      const averages = b.op('averagePool', [maps], { kernelSize: [6, 5] });
      const scores = b.op('conv2d', [averages, b.parameter('w', [3, 4, 1, 1])]);
      return b.op('flatten', [b.op('bias', [scores, b.parameter('bias', [3])])]);
    },
    'maps',
  ],
  [
    'a map a class, averaged',
    (b, maps) => {
      const classes = b.op('relu', [b.op('conv2d', [maps, b.parameter('w', [3, 4, 1, 1])])], {}, 'classes');
      return b.op('flatten', [b.op('reduceMean', [classes], { axes: [-1, 2], keepDimensions: true })]);
    },
    'classes',
  ],
];

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

test.each(heads)("the mean of the map and the class's bias make the score: %s", async (_, head, layer) => {
  const model = networkWith(head);
  const session = await Session.create(device, model);
  const predictions = await session.predict(input);
  for (const target of [0, 2]) {
    const explanation = await session.explain(methodNamed('cam'), { input, target });
    const { shape, data } = await explanation.tensor.read();
    expect(explanation.layer).toBe(layer);
    explanation.dispose();
    expect(shape).toEqual([2, 1, 6, 5]);
    const bias = model.parameters.get('bias')?.data[target] ?? 0;
    predictions.forEach((scores, n) => {
      const mean =
        Float64Array.from(data)
          .subarray(n * 30, (n + 1) * 30)
          .reduce((sum, value) => sum + value, 0) / 30;
      expect(mean + bias).toBeCloseTo(scores.find(({ index }) => index === target)?.logit ?? NaN, 4);
    });
  }
  session.dispose();
});

test.each<[string, (b: GraphBuilder, maps: string) => string, string]>([
  [
    'no averages',
    (b, maps) => b.op('dense', [b.op('flatten', [maps]), b.parameter('w', [3, 120])]),
    'nothing is averaged over space',
  ],
  [
    'a second layer after the averages',
    (b, maps) => {
      const flat = b.op('flatten', [b.op('globalAveragePool', [maps])]);
      const hidden = b.op('relu', [b.op('dense', [flat, b.parameter('hidden', [8, 4])])]);
      return b.op('dense', [hidden, b.parameter('w', [3, 8])]);
    },
    'relu stands between',
  ],
])('refuses networks with %s', async (_, head, reason) => {
  const model = networkWith(head);
  expect(methodApplies(methodNamed('cam'), model)).toContain(reason);
  const session = await Session.create(device, model);
  await expect(session.explain(methodNamed('cam'), { input, target: 0 })).rejects.toMatchObject({
    code: 'invalid-parameter',
    message: expect.stringContaining(reason),
  });
  session.dispose();
});
