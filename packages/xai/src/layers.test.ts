import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readOnnx, type Model } from '@convscope/formats';
import { GraphBuilder, type Graph } from '@convscope/gpu-engine/graph';
import { defaultLayer, layersOf } from './layers.ts';

const stages = (graph: Graph): readonly string[] =>
  layersOf(graph)
    .filter(({ suggested }) => suggested)
    .map(({ name }) => name);

/** Written by fixtures/blocks/make-block-fixtures.py. */
function block(name: string): Model {
  const bytes = readFileSync(new URL(`../fixtures/blocks/${name}.onnx`, import.meta.url));
  return readOnnx(new Uint8Array(bytes), `${name}.onnx`);
}

/** x -> convolution -> ReLU, with names. */
function stage(b: GraphBuilder, x: string, name: string, shape: readonly number[]): string {
  const maps = b.op('conv2d', [x, b.parameter(`${name}.weight`, shape)], { pads: [1, 1, 1, 1] }, `${name}.conv`);
  return b.op('relu', [maps], {}, name);
}

test('stages end after the activation, at residual sums and at concatenations', () => {
  const b = new GraphBuilder();
  const first = stage(b, b.input('x', 'float32', ['N', 3, 8, 8]), 'first', [4, 3, 3, 3]);
  const branch = b.op('conv2d', [first, b.parameter('branch.weight', [4, 4, 3, 3])], { pads: [1, 1, 1, 1] }, 'branch');
  const sum = b.op('add', [branch, first], {}, 'sum');
  const left = stage(b, sum, 'left', [2, 4, 3, 3]);
  const right = stage(b, sum, 'right', [3, 4, 3, 3]);
  const joined = b.op('concat', [left, right], { axis: 1 }, 'joined');
  b.output(b.op('flatten', [b.op('globalAveragePool', [joined])], {}, 'logits'));
  expect(stages(b.build())).toEqual(['first', 'sum', 'joined']);
  expect(defaultLayer(b.build(), 'first-features')).toBe('first');
});

test('a sum with an activation after it ends there', () => {
  const b = new GraphBuilder();
  const first = stage(b, b.input('x', 'float32', ['N', 3, 8, 8]), 'first', [3, 3, 3, 3]);
  const branch = b.op('conv2d', [first, b.parameter('branch.weight', [3, 3, 1, 1])], {}, 'branch');
  b.output(b.op('relu', [b.op('add', [branch, first], {}, 'sum')], {}, 'last'));
  expect(stages(b.build())).toEqual(['first', 'last']);
});

test('what is computed from parameters alone is no layer', () => {
  const b = new GraphBuilder();
  const weight = b.op('relu', [b.parameter('w', [4, 3, 3, 3])], {}, 'weight');
  b.output(b.op('conv2d', [b.input('x', 'float32', ['N', 3, 8, 8]), weight], {}, 'maps'));
  expect(layersOf(b.build()).map(({ name }) => name)).toEqual(['maps']);
});

test('maps that are only averaged to the scores are scores; features are what they are made of', () => {
  const b = new GraphBuilder();
  const features = stage(b, b.input('x', 'float32', ['N', 3, 8, 8]), 'features', [4, 3, 3, 3]);
  const classes = stage(b, features, 'classes', [10, 4, 3, 3]);
  const scores = b.op('flatten', [b.op('globalAveragePool', [classes])], {}, 'scores');
  b.output(b.op('softmax', [scores], { axis: 1 }, 'probabilities'));
  expect(stages(b.build())).toEqual(['features', 'classes']);
  expect(defaultLayer(b.build(), 'last-features', 'scores')).toBe('features');
  expect(defaultLayer(b.build(), 'last-features')).toBe('features');
});

test('layers of another head are not on the way to the scores', () => {
  const b = new GraphBuilder();
  const trunk = stage(b, b.input('x', 'float32', ['N', 3, 8, 8]), 'trunk', [4, 3, 3, 3]);
  const weight = b.parameter('dense', [10, 256]);
  const scores = b.op('dense', [b.op('flatten', [trunk]), weight], {}, 'scores');
  b.output(scores);
  b.output(stage(b, trunk, 'auxiliary', [4, 4, 3, 3]));
  expect(defaultLayer(b.build(), 'last-features', 'scores')).toBe('trunk');
});

test.each([
  ['resnet', '/2/Relu_output_0', '/7/relu_2/Relu_output_0'],
  ['densenet', '/features/relu0/Relu_output_0', '/Relu_output_0'],
  ['googlenet', '/1/Relu_output_0', '/5/Concat_output_0'],
  ['mobilenet-v2', '/0/0.2/Clip_output_0', '/4/4.2/Clip_output_0'],
  ['efficientnet', '/features/features.0/features.0.2/Mul_output_0', '/features/features.4/features.4.2/Mul_output_0'],
])("torchvision's %s", (name, first, last) => {
  const { graph, logits } = block(name);
  expect(defaultLayer(graph, 'first-features', logits)).toBe(first);
  expect(defaultLayer(graph, 'last-features', logits)).toBe(last);
});

test("ConvNeXt's normalizations with channels last are no maps", () => {
  const { graph, logits } = block('convnext');
  expect(defaultLayer(graph, 'last-features', logits)).toMatch(/^\/features\/.*Add_output_0$/);
  for (const { name, shape } of layersOf(graph).filter(({ suggested, kind }) => suggested && kind === 'features')) {
    expect({ name, isSquare: shape[1] === shape[2] }).toEqual({ name, isSquare: true });
  }
});

test('ten thousand layers are listed in no time', () => {
  const b = new GraphBuilder();
  let x = b.input('x', 'float32', ['N', 1, 4, 4]);
  for (let n = 0; n < 10_000; n++) x = b.op('relu', [x]);
  b.output(x);
  const graph = b.build();
  const start = performance.now();
  expect(layersOf(graph)).toHaveLength(10_000);
  expect(performance.now() - start).toBeLessThan(2000);
});
