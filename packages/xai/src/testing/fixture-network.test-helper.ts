import { GraphBuilder, type TensorData } from '@convscope/gpu-engine/graph';
import type { Model } from '@convscope/formats';

/** The network of fixtures/make-fixtures.py: stride, overlapping pools, groups, dilation, a sum, a concatenation. */
export function fixtureNetwork(weights: ReadonlyMap<string, TensorData>): Model {
  const b = new GraphBuilder();
  for (const [name, { shape }] of weights) b.parameter(name, shape);
  const x = b.input('x', 'float32', ['N', 3, 'H', 'W']);
  const first = b.op('conv2d', [x, 'conv1.weight'], { strides: [2, 2], pads: [2, 1, 1, 2] });
  const conv1 = b.op('bias', [first, 'conv1.bias'], {}, 'conv1');
  const statistics = ['norm.scale', 'norm.shift', 'norm.mean', 'norm.variance'];
  const norm = b.op('batchNormInference', [conv1, ...statistics], { epsilon: 1e-3 }, 'norm');
  const relu1 = b.op('relu', [norm], {}, 'relu1');
  const pool1 = b.op('maxPool', [relu1], { kernelSize: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }, 'pool1');
  const second = b.op('conv2d', [pool1, 'conv2.weight'], { pads: [2, 2, 2, 2], dilations: [2, 2], groups: 2 });
  const conv2 = b.op('bias', [second, 'conv2.bias'], {}, 'conv2');
  const sum = b.op('add', [b.op('relu', [conv2], {}, 'relu2'), pool1], {}, 'sum');
  const conv3 = b.op('conv2d', [sum, 'conv3.weight'], { pads: [1, 1, 1, 1] }, 'conv3');
  const relu3 = b.op('relu', [conv3], {}, 'relu3');
  const joined = b.op('concat', [relu3, sum], { axis: 1 }, 'joined');
  const pool2 = b.op('averagePool', [joined], { kernelSize: [2, 2], strides: [2, 2], pads: [1, 1, 1, 1] }, 'pool2');
  const flat = b.op('flatten', [pool2], {}, 'flat');
  b.output(b.op('bias', [b.op('dense', [flat, 'dense.weight']), 'dense.bias'], {}, 'logits'));
  return {
    name: 'fixture',
    graph: b.build(),
    parameters: weights,
    input: 'x',
    logits: 'logits',
    preprocessing: {
      channels: 3,
      height: 25,
      width: 23,
      mean: [0, 0, 0],
      standardDeviation: [1, 1, 1],
      scale: 1 / 255,
      order: 'rgb',
      resize: 'stretch',
    },
    labels: [],
    notes: new Map(),
  };
}
