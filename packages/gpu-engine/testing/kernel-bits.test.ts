import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  backward,
  GraphBuilder,
  ParameterSet,
  Plan,
  type GpuDevice,
  type Graph,
  type PlanOptions,
} from '../src/index.ts';
import { values } from '../src/plan/evaluate.test-support.ts';
import { requestNodeDevice } from '../src/node.ts';
import { compareTensors } from './compare.ts';
import { Everywhere } from './everywhere.ts';
import { guardedGpu } from './guarded-gpu.ts';

const guards = [guardedGpu(), guardedGpu()] as const;
/** One that may use subgroups, and one that may not: some kernels share what they load where there are any. */
let devices: readonly GpuDevice[];

beforeAll(async () => {
  devices = await Promise.all([
    requestNodeDevice({ wrap: guards[0].wrap }),
    requestNodeDevice({ wrap: guards[1].wrap, subgroups: false }),
  ]);
});

afterAll(() => {
  for (const device of devices) device.dispose();
});

interface Work {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly strides?: readonly number[];
  readonly pads?: readonly number[];
  readonly dilations?: readonly number[];
  readonly groups?: number;
}

const same = [1, 1, 1, 1];

/** More than one tile each way, whole tiles and parts of them, and sums that are split. */
const convolutions = {
  'whole and partial tiles': { x: [2, 20, 9, 17], w: [70, 20, 3, 3], pads: same },
  'split channels, stride 2 on odd sizes': { x: [1, 96, 7, 9], w: [40, 96, 3, 3], strides: [2, 2], pads: same },
  'groups, dilation, asymmetric pads': {
    x: [3, 24, 11, 9],
    w: [34, 12, 3, 2],
    dilations: [2, 3],
    pads: [2, 0, 1, 3],
    groups: 2,
  },
  'strides 3 and 2, wider than the kernel': { x: [2, 9, 14, 15], w: [33, 9, 2, 1], strides: [3, 2] },
  'few input channels, many taps': { x: [1, 3, 27, 23], w: [20, 3, 11, 11], strides: [4, 4], pads: [2, 2, 2, 2] },
  'few output channels, long sums': { x: [1, 110, 6, 6], w: [3, 110, 5, 5], pads: [2, 2, 2, 2] },
  'depthwise, multiplier 2, stride 2': { x: [2, 6, 21, 19], w: [12, 1, 3, 3], strides: [2, 2], pads: same, groups: 6 },
  '1x1, three pictures': { x: [3, 40, 9, 11], w: [36, 40, 1, 1] },
  '1x1, planes of fours': { x: [2, 37, 6, 10], w: [33, 37, 1, 1] },
  '5x5, two pictures, asymmetric pads': { x: [2, 21, 9, 13], w: [35, 21, 5, 5], pads: [3, 0, 1, 4] },
  'one pixel': { x: [1, 300, 1, 1], w: [80, 300, 1, 1] },
} satisfies Record<string, Work>;

type Shape = keyof typeof convolutions;

const tiled: readonly Shape[] = [
  'whole and partial tiles',
  'split channels, stride 2 on odd sizes',
  'groups, dilation, asymmetric pads',
];

/** The shapes of which each kernel can do both passes. */
const shapesOf: Readonly<Record<string, readonly Shape[]>> = {
  'workgroup tiles 64x64': [...tiled, 'strides 3 and 2, wider than the kernel', 'one pixel'],
  'workgroup tiles 32x64': tiled,
  'workgroup tiles 32x32': tiled,
  'workgroup weights': ['few input channels, many taps', 'few output channels, long sums', ...tiled.slice(1)],
  columns: ['depthwise, multiplier 2, stride 2', 'strides 3 and 2, wider than the kernel'],
  products: ['1x1, three pictures'],
  'outer products': ['1x1, three pictures', '1x1, planes of fours', 'one pixel'],
  windows: [
    'whole and partial tiles',
    'split channels, stride 2 on odd sizes',
    'groups, dilation, asymmetric pads',
    'strides 3 and 2, wider than the kernel',
    'few input channels, many taps',
  ],
  'windows, summed': [
    'split channels, stride 2 on odd sizes',
    'groups, dilation, asymmetric pads',
    'few input channels, many taps',
    'depthwise, multiplier 2, stride 2',
  ],
  winograd: ['whole and partial tiles', 'few output channels, long sums', '5x5, two pictures, asymmetric pads'],
};

/** A convolution, its gradients, and their seed. */
function convolution({ x, w, strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], groups = 1 }: Work): Graph {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', x);
  builder.input('w', 'float32', w);
  builder.output(...builder.node('conv2d', ['x', 'w'], { strides, pads, dilations, groups }, 'y'));
  builder.input('seed', 'float32', builder.build().values.get('y')?.shape ?? []);
  const { graph, cotangents } = backward(builder.build(), { of: 'y', seed: 'seed', wrt: ['x', 'w'] });
  return { ...graph, outputs: ['y', ...cotangents.values()] };
}

function product(rows: number, inner: number, columns: number, transposeA: boolean, transposeB: boolean): Graph {
  const builder = new GraphBuilder();
  builder.input('a', 'float32', transposeA ? [inner, rows] : [rows, inner]);
  builder.input('b', 'float32', transposeB ? [columns, inner] : [inner, columns]);
  builder.output(...builder.node('matmul', ['a', 'b'], { transposeA, transposeB }, 'c'));
  return builder.build();
}

/** The results of `times` runs over inputs without a pattern. */
async function results(device: GpuDevice, graph: Graph, options: PlanOptions, times = 1): Promise<Float32Array[][]> {
  const parameters = await ParameterSet.create(device, new Map());
  const plan = await Plan.compile(device, graph, options);
  const instance = await plan.instantiate(parameters);
  const shapes = graph.inputs.map((name) => [name, graph.values.get(name)?.shape as number[]] as const);
  const inputs = Object.fromEntries(shapes.map(([name, shape], index) => [name, values(shape, index + 3)]));
  const runs: Float32Array[][] = [];
  for (let run = 0; run < times; run++) {
    const tensors = [...(await instance.run({ inputs })).values()];
    runs.push(await Promise.all(tensors.map(async (tensor) => (await tensor.read()).data as Float32Array)));
  }
  for (const owner of [instance, plan, parameters]) owner.dispose();
  return runs;
}

function bits(tensors: readonly Float32Array[]): string {
  return tensors.map((data) => [...new Uint32Array(data.buffer)].join()).join();
}

async function expectRight(graph: Graph, name: string): Promise<void> {
  for (const device of devices) {
    const [wanted] = (await results(device, graph, { kernels: 'naive' })) as [Float32Array[]];
    const [first, ...others] = (await results(device, graph, { choices: new Everywhere(name) }, 20)) as [
      Float32Array[],
    ];
    first.forEach((got, index) => {
      const want = wanted[index] as Float32Array;
      expect(compareTensors(got, { shape: [want.length], data: Float64Array.from(want) })).toBeUndefined();
    });
    expect(new Set([first, ...others].map(bits)).size).toBe(1);
  }
  for (const guard of guards) expect(await guard.damages()).toEqual([]);
}

test.each(Object.entries(shapesOf).flatMap(([name, shapes]) => shapes.map((shape) => [name, shape] as const)))(
  '%s agrees with the naive kernel, has the same bits in 20 runs and writes nowhere else: %s',
  async (name, shape) => expectRight(convolution(convolutions[shape]), name),
);

const products = [
  ['workgroup tiles 64x64', 70, 40, 75],
  ['workgroup tiles 32x32', 5, 700, 66],
  ['workgroup dots', 8, 300, 9],
  ['workgroup dots', 33, 129, 3],
  ['outer products', 70, 40, 75],
  ['outer products', 9, 1200, 66],
] as const;

test.each(products)(
  '%s, %d x %d by %d columns, agree with the naive kernel however the factors lie in memory',
  async (name, rows, inner, columns) => {
    for (const a of [false, true]) {
      for (const b of [false, true]) await expectRight(product(rows, inner, columns, a, b), name);
    }
  },
);

test.each(['workgroup tiles 32x32', 'workgroup weights', 'windows', 'winograd'])(
  'a long dispatch of %s is sent in slices, with the same bits',
  async (name) => {
    const graph = convolution({ x: [3, 20, 9, 17], w: [70, 20, 3, 3], pads: same });
    const options = { choices: new Everywhere(name), operationsPerSubmit: 500_000 };
    const [device] = devices as readonly [GpuDevice];
    const plan = await Plan.compile(device, graph, options);
    expect(plan.steps.filter((step) => step.kind === 'dispatch' && (step.call.firstRow ?? 0) > 0)).not.toEqual([]);
    plan.dispose();
    const [sliced] = (await results(device, graph, options)) as [Float32Array[]];
    const [whole] = (await results(device, graph, { ...options, operationsPerSubmit: Infinity })) as [Float32Array[]];
    expect(bits(sliced)).toBe(bits(whole));
  },
);
