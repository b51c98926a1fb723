import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../device/gpu-device.ts';
import {
  backward,
  GraphBuilder,
  type AdapterClass,
  type Attributes,
  type Graph,
  type TensorData,
} from '../graph/index.ts';
import { requestNodeDevice } from '../node.ts';
import { values } from './evaluate.test-support.ts';
import { mobileNetV2, resNet18 } from './networks.test-support.ts';
import { ParameterSet } from './parameter-set.ts';
import { Plan, type PlanOptions } from './plan.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice();
});
afterAll(() => {
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

/** Statistics and weights that a network could have: variances are positive. */
function tensorsOf(graph: Graph): Map<string, TensorData> {
  return new Map(
    [...graph.parameters.keys()].map((name, index) => {
      const tensor = values((graph.values.get(name)?.shape ?? []) as number[], index + 1);
      return [
        name,
        name.includes('variance') ? { ...tensor, data: tensor.data.map((x) => Math.abs(x) + 0.1) } : tensor,
      ];
    }),
  );
}

async function run(graph: Graph, options: PlanOptions, on: GpuDevice = device) {
  const parameters = await ParameterSet.create(on, tensorsOf(graph));
  const plan = await Plan.compile(on, graph, options);
  const instance = await plan.instantiate(parameters);
  const inputs = Object.fromEntries(
    graph.inputs.map((name, index) => [name, values(graph.values.get(name)?.shape as number[], 50 + index)]),
  );
  const outputs: Record<string, number[]> = {};
  const read = async (): Promise<void> => {
    for (const [name, tensor] of await instance.run({ inputs })) outputs[name] = [...(await tensor.read()).data];
  };
  await read();
  const before = { ...outputs };
  // What is derived from parameters has to follow them.
  for (const name of parameters.names) parameters.write(name, (await parameters.read([name])).get(name) as TensorData);
  await read();
  expect(outputs).toEqual(before);
  const dispatches = plan.steps.length;
  for (const owner of [instance, plan, parameters]) owner.dispose();
  return { outputs, dispatches };
}

const BOTH = ['software', 'gpu'] as const;

/** Both ways to the same bits, of which one does so many nodes in the kernels of others. */
async function expectSameBits(graph: Graph, absorbed: number, classes: readonly AdapterClass[] = BOTH) {
  for (const adapterClass of classes) {
    const fused = await run(graph, { adapterClass });
    const apart = await run(graph, { adapterClass, epilogues: 'apart' });
    expect(fused.outputs, adapterClass).toEqual(apart.outputs);
    if (adapterClass === 'software') expect(apart.dispatches - fused.dispatches).toBe(absorbed);
    else expect(fused.dispatches).toBeLessThanOrEqual(apart.dispatches);
  }
}

class Layers extends GraphBuilder {
  #layers = 0;

  norm(x: string): string {
    const channels = this.value(x).shape[1] as number;
    const name = `norm${this.#layers++}`;
    const statistics = ['scale', 'shift', 'mean', 'variance'].map((kind) =>
      this.parameter(`${name}.${kind}`, [channels]),
    );
    return this.op('batchNormInference', [x, ...statistics], { epsilon: 1e-3 }, name);
  }

  bias(x: string): string {
    const name = `bias${this.#layers++}`;
    return this.op('bias', [x, this.parameter(`${name}.b`, [this.value(x).shape[1] as number])], {}, name);
  }

  conv(x: string, shape: readonly number[], attributes: Attributes = {}): string {
    const name = `conv${this.#layers++}`;
    return this.op('conv2d', [x, this.parameter(`${name}.w`, shape)], attributes, name);
  }
}

const SHAPES: readonly (readonly [what: string, x: readonly number[], w: readonly number[], attributes: Attributes])[] =
  [
    ['rows', [2, 5, 9, 11], [7, 5, 3, 3], { pads: [1, 1, 1, 1] }],
    ['a stride', [2, 3, 11, 9], [12, 3, 5, 5], { strides: [2, 2], pads: [2, 1, 2, 1] }],
    ['single taps in vectors', [2, 6, 4, 6], [9, 6, 1, 1], {}],
    ['single taps', [2, 6, 5, 5], [9, 6, 1, 1], {}],
    ['groups', [1, 6, 7, 7], [9, 2, 3, 3], { groups: 3 }],
    ['depthwise', [2, 10, 8, 13], [10, 1, 3, 3], { groups: 10, pads: [1, 1, 1, 1] }],
    ['depthwise with a stride', [1, 10, 9, 9], [10, 1, 3, 3], { groups: 10, strides: [2, 2] }],
    ['wide', [1, 64, 14, 14], [64, 64, 3, 3], { pads: [1, 1, 1, 1] }],
  ];

test.each(SHAPES)(
  'a convolution (%s) does bias, normalization, sum, ReLU and clip in its own kernel',
  async (...args) => {
    const [what, x, w, attributes] = args;
    const layers = new Layers();
    layers.input('x', 'float32', x);
    const first = layers.op('clip', [layers.norm(layers.conv('x', w, attributes))], { min: 0, max: 6 });
    const second = layers.norm(layers.bias(layers.conv('x', w, attributes)));
    layers.output(layers.op('relu', [layers.op('add', [first, second])]));
    await expectSameBits(layers.build(), 6, what === 'rows' || what === 'depthwise' ? BOTH : ['software']);
  },
);

test('products do bias, normalization and ReLU, whichever way they are cut', async () => {
  for (const [rows, inner, columns] of [
    [1, 2000, 10],
    [100, 64, 200],
    [40, 300, 1],
    [1, 5, 1],
    [300, 70, 33],
  ] as const) {
    const layers = new Layers();
    layers.input('x', 'float32', [rows, inner]);
    layers.parameter('w', [columns, inner]);
    const dense = layers.op('dense', ['x', 'w']);
    layers.output(layers.op('relu', [layers.norm(layers.bias(dense))]));
    const graph = layers.build();
    for (const adapterClass of rows === 40 ? BOTH : (['software'] as const)) {
      const fused = await run(graph, { adapterClass });
      const apart = await run(graph, { adapterClass, epilogues: 'apart' });
      expect(fused.outputs).toEqual(apart.outputs);
      expect(fused.dispatches).toBe(apart.dispatches - 3);
    }
  }
});

test('an input gradient does the gate of the ReLU before it', async () => {
  const layers = new Layers();
  layers.input('x', 'float32', [2, 4, 8, 8]);
  layers.op('relu', [layers.conv('x', [6, 4, 3, 3])], {}, 'relu');
  layers.op('relu', [layers.conv('relu', [5, 6, 3, 3])], {}, 'top');
  layers.input('seed', 'float32', [2, 5, 4, 4]);
  const { graph, cotangents } = backward(layers.build(), { of: 'top', seed: 'seed', wrt: ['x'] });
  // Both ReLUs, whose gradients ask what they give, and the gate of the first.
  await expectSameBits({ ...graph, outputs: [cotangents.get('x') as string] }, 3);
});

test('an unpooling does the gate of the ReLU before the pool', async () => {
  const layers = new Layers();
  layers.input('x', 'float32', [2, 4, 9, 8]);
  layers.op('maxPool', [layers.op('relu', ['x'])], { kernelSize: [3, 3], strides: [2, 2] }, 'top');
  layers.input('seed', 'float32', [2, 4, 4, 3]);
  const { graph, cotangents } = backward(layers.build(), { of: 'top', seed: 'seed', wrt: ['x'] });
  await expectSameBits({ ...graph, outputs: [cotangents.get('x') as string] }, 1);
});

test('what others read stays a value of its own', async () => {
  const layers = new Layers();
  layers.input('x', 'float32', [1, 4, 6, 6]);
  const conv = layers.conv('x', [4, 4, 1, 1]);
  const norm = layers.norm(conv);
  const relu = layers.op('relu', [norm]);
  layers.output(norm, layers.op('add', [relu, layers.conv(relu, [4, 4, 1, 1])]));
  // The first convolution takes the normalization, which is asked for, and not the ReLU; the second takes the sum.
  await expectSameBits(layers.build(), 2);
  const twice = new Layers();
  twice.input('x', 'float32', [1, 4, 6, 6]);
  const value = twice.conv('x', [4, 4, 1, 1]);
  twice.output(twice.op('add', [value, value]));
  await expectSameBits(twice.build(), 0, ['software']);
});

test('tensors over the binding limit are computed apart', async () => {
  const small = await requestNodeDevice({ maxBindingBytes: 4096 });
  const layers = new Layers();
  layers.input('x', 'float32', [3, 4, 16, 16]);
  layers.output(layers.op('relu', [layers.norm(layers.conv('x', [4, 4, 3, 3]))]));
  const graph = layers.build();
  const [fused, apart] = [await run(graph, {}, small), await run(graph, { epilogues: 'apart' }, small)];
  expect(fused).toEqual(apart);
  expect(small.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  small.dispose();
});

test.each([
  ['ResNet-18', resNet18],
  ['MobileNetV2', mobileNetV2],
])('%s has no dispatches for normalizations, sums and activations', async (_name, network) => {
  const graph = network();
  const count = async (options: PlanOptions): Promise<number> => {
    const plan = await Plan.compile(device, graph, options);
    plan.dispose();
    return plan.steps.length;
  };
  const absorbed = graph.nodes.filter(({ op }) => ['batchNormInference', 'add', 'relu', 'clip', 'bias'].includes(op));
  expect(absorbed.length).toBeGreaterThan(40);
  expect((await count({ epilogues: 'apart' })) - (await count({}))).toBe(absorbed.length);
});
