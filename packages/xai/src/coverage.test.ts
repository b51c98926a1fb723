import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOnnx, type Model } from '@convscope/formats';
import { Plan, type GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor, GraphBuilder, withInputShapes } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { methodApplies } from './applicability.ts';
import { coverageOf } from './coverage.ts';
import { methodNamed } from './method-named.ts';
import { Session } from './session.ts';

/** Written by fixtures/blocks/make-block-fixtures.py. */
function block(name: string): Model {
  const bytes = readFileSync(new URL(`../fixtures/blocks/${name}.onnx`, import.meta.url));
  return readOnnx(new Uint8Array(bytes), `${name}.onnx`);
}

/** A model whose graph ends where `build` says. */
function modelOf(build: (b: GraphBuilder, x: string) => string): Model {
  const b = new GraphBuilder();
  b.output(build(b, b.input('x', 'float32', ['N', 1, 4, 4])));
  const graph = b.build();
  const parameters = new Map(
    [...graph.parameters.keys()].map((name) => {
      const shape = graph.values.get(name)?.shape as readonly number[];
      return [name, float32Tensor(shape)] as const;
    }),
  );
  return { ...block('vgg'), name: 'made', graph, parameters, input: 'x', logits: graph.outputs[0] as string };
}

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

test.each(['resnet', 'squeezenet', 'vgg'])(
  "the memory that the values of torchvision's %s take is what a plan without copies needs",
  async (name) => {
    const model = block(name);
    const { height, width, channels } = model.preprocessing;
    const graph = withInputShapes(model.graph, new Map([[model.input, [1, channels, height, width]]]));
    const plan = await Plan.compile(device, graph, { kernels: 'naive' });
    const { memory, parameters } = coverageOf(model);
    expect(memory.parameters).toBe(4 * parameters);
    // The input is the caller's and not in the plan's count; ops that overwrite their input may need less.
    expect(memory.forward).toBeGreaterThanOrEqual(plan.memory.lowerBound);
    expect(memory.forward).toBeLessThan(2 * plan.memory.lowerBound + 4 * channels * height * width);
    expect(memory.gradient).toBeGreaterThan(memory.forward);
    plan.dispose();
  },
);

test('counts nodes by op, and names the layers that methods take by themselves', () => {
  const { nodes, operators, defaults, layers, methods, logits } = coverageOf(block('resnet'));
  expect(operators.reduce((sum, { count }) => sum + count, 0)).toBe(nodes);
  expect(operators[0]?.count).toBeGreaterThanOrEqual(operators.at(-1)?.count ?? Infinity);
  expect(defaults).toEqual({ featureMaps: '/2/Relu_output_0', classActivation: '/7/relu_2/Relu_output_0' });
  expect(layers.find(({ name }) => name === defaults?.featureMaps)?.shape).toEqual([8, 16, 16]);
  expect(logits.classes).toBe(10);
  expect(methods.find(({ name }) => name === 'grad-cam')).toEqual({
    name: 'grad-cam',
    title: 'Grad-CAM',
    applies: true,
  });
});

test('says that a network without ReLUs makes a gradient of guided backpropagation, also beside its result', async () => {
  const model = modelOf((b, x) => {
    const maps = b.op('tanh', [b.op('conv2d', [x, b.parameter('w', [2, 1, 3, 3])])], {}, 'maps');
    return b.op('flatten', [b.op('globalAveragePool', [maps])], {}, 'scores');
  });
  const guided = coverageOf(model).methods.find(({ name }) => name === 'guided-backprop');
  expect(guided).toMatchObject({ applies: true, remark: 'the network has no ReLU, so this is the plain gradient' });
  const session = await Session.create(device, model);
  const input = float32Tensor([1, 1, 4, 4]);
  const explanation = await session.explain(methodNamed('guided-backprop'), { input });
  expect(explanation.remarks).toContain(guided?.remark);
  explanation.dispose();
  session.dispose();
});

test('says which methods do not apply, and why', () => {
  const dense = modelOf((b, x) => b.op('dense', [b.op('flatten', [x]), b.parameter('w', [3, 16])], {}, 'scores'));
  expect(methodApplies(methodNamed('grad-cam'), dense)).toBe(
    'the network has no feature maps: no layer is a convolution',
  );
  expect(methodApplies(methodNamed('gradient'), dense)).toBeUndefined();
  expect(coverageOf(dense).defaults).toBeUndefined();

  const maps = modelOf((b, x) => b.op('conv2d', [x, b.parameter('w', [2, 1, 3, 3])], {}, 'maps'));
  expect(methodApplies(methodNamed('grad-cam'), maps)).toBe(
    'the network gives no class scores: its output maps is Nx2x2x2',
  );
  expect(methodApplies(methodNamed('feature-maps'), maps)).toBeUndefined();
  expect(coverageOf(maps).methods.find(({ name }) => name === 'deconvnet')?.applies).toBe(true);

  const two = modelOf((b, x) => b.op('flatten', [b.op('add', [x, b.input('mask', 'float32', ['N', 1, 4, 4])])]));
  expect(methodApplies(methodNamed('gradient'), two)).toBe('the network wants more than a picture: mask');
});

test('a session takes other labels without another upload, and no other network', async () => {
  const model = modelOf((b, x) => b.op('dense', [b.op('flatten', [x]), b.parameter('w', [3, 16])], {}, 'scores'));
  const session = await Session.create(device, model);
  const input = float32Tensor([2, 1, 4, 4]);
  await session.predict(input);
  const { bytes, buffers } = device.memory.use;
  session.describeAs({ ...model, labels: ['a', 'b', 'c'] });
  const [, scores = []] = await session.predict(input);
  expect(scores.map(({ label }) => label)).toEqual(['a', 'b', 'c']);
  expect({ bytes: device.memory.use.bytes, buffers: device.memory.use.buffers }).toEqual({ bytes, buffers });
  expect(() => session.describeAs(block('vgg'))).toThrow(/a session of its own/);
  const explanation = await session.explain(methodNamed('integrated-gradients'), { input, target: 1 });
  expect(explanation.measures?.['completeness gap']).toHaveLength(2);
  explanation.dispose();
  session.dispose();
});
