import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Plan, type GpuDevice, type ParameterSet, type RunOptions } from '@convscope/gpu-engine';
import { float32Tensor, type Graph, type TensorData } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { readSafetensors, type Model } from '@convscope/formats';
import { Session } from '../session.ts';
import { fixtureNetwork } from '../testing/fixture-network.test-helper.ts';
import { layerValue } from './dream.ts';
import { DREAM, dreamStep, rollIndices, type DreamStepOptions } from './dream-step.ts';
import { INVERSION, inversionStep } from './inversion-step.ts';
import {
  colorMatrix,
  fourierParameterization,
  pixelParameterization,
  type Parameterization,
} from './parameterization.ts';
import { fromSamples } from './picture-space.ts';
import { VIEW } from './transforms.ts';
import { samplesGraph, VISUALIZATION, visualizationStep } from './visualization-step.ts';

const read = (name: string) =>
  readSafetensors(new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))), name).tensors;
const tensors = read('synthesis.safetensors');
const fixture = (name: string) => tensors.get(name) as TensorData<'float32'>;

let device: GpuDevice;
let session: Session;
let model: Model;

beforeAll(async () => {
  device = await requestNodeDevice();
  const weights = [...read('methods.safetensors')].filter(([name]) => name.startsWith('weight/'));
  const plain = fixtureNetwork(new Map(weights.map(([name, tensor]) => [name.slice('weight/'.length), tensor])));
  const statistics = { mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225] };
  model = { ...plain, preprocessing: { ...plain.preprocessing, ...statistics } };
  session = await Session.create(device, model);
});

afterAll(async () => {
  session.dispose();
  await device.idle(); // copies that the session's parameters share are freed a moment later
  expect(device.memory.use).toMatchObject({ bytes: 0, buffers: 0 });
  device.dispose();
});

/** Runs a step's graph once, and gives the values asked for and the states after it. */
async function runOnce(
  graph: Graph,
  state: ReadonlyMap<string, TensorData>,
  outputs: readonly string[],
  options: RunOptions,
): Promise<ReadonlyMap<string, TensorData>> {
  const missing = [...graph.updates.keys()].filter((name) => !state.has(name));
  const zeros = missing.map((name) => [name, float32Tensor(graph.values.get(name)?.shape as number[])] as const);
  const parameters: ParameterSet = await session.parameters.extended(new Map([...state, ...zeros]));
  const plan = await Plan.compile(device, graph, { outputs });
  const instance = await plan.instantiate(parameters);
  try {
    const results = await instance.run(options);
    const values = new Map<string, TensorData>();
    for (const [name, tensor] of results) values.set(name, await tensor.read());
    for (const name of state.keys()) values.set(name, await parameters.tensor(name).read());
    return values;
  } finally {
    for (const owner of [instance, plan, parameters]) owner.dispose();
  }
}

/** To a part of the largest value wanted. */
function expectClose(got: TensorData | undefined, name: string, tolerance = 1e-4): void {
  const want = fixture(name);
  expect(got?.shape).toEqual(want.shape);
  let [largest, worst] = [0, 0];
  for (const [index, value] of want.data.entries()) {
    largest = Math.max(largest, Math.abs(value));
    worst = Math.max(worst, Math.abs(value - (got?.data[index] as number)));
  }
  expect(largest).toBeGreaterThan(0);
  expect(worst / largest).toBeLessThan(tolerance);
}

test('the colour matrix is Lucid’s', () => {
  fixture('colors').data.forEach((value, index) => expect(colorMatrix.flat()[index]).toBeCloseTo(value, 6));
});

test.each([
  ['fourier even', [2, 3, 10, 12], fourierParameterization],
  ['fourier odd', [1, 3, 9, 7], fourierParameterization],
  ['fourier grey', [2, 1, 8, 5], fourierParameterization],
  ['pixel', [1, 3, 5, 6], pixelParameterization],
] as const)(
  'the %s parameterization gives the samples of torch.fft and Lucid’s formulas',
  async (name, shape, make) => {
    const parameterization = make(shape, shape[1] === 3 ? 'rgb' : undefined);
    const graph = samplesGraph(parameterization);
    const [output] = graph.outputs as [string];
    const state = fixture(`${name}/state`);
    expect(parameterization.shape).toEqual(state.shape);
    const values = await runOnce(graph, new Map([[VISUALIZATION.state, state]]), [output], {});
    expectClose(values.get(output), `${name}/samples`, 1e-5);
  },
);

test('a network that takes blue first gets its colours turned round', async () => {
  const state = fixture('pixel/state');
  const samples = await Promise.all(
    (['rgb', 'bgr'] as const).map(async (order) => {
      const graph = samplesGraph(pixelParameterization(state.shape, order));
      const [output] = graph.outputs as [string];
      const values = await runOnce(graph, new Map([[VISUALIZATION.state, state]]), [output], {});
      return [...(values.get(output) as TensorData).data];
    }),
  );
  const [rgb, bgr] = samples as [number[], number[]];
  expect(bgr).toEqual([...rgb.slice(60), ...rgb.slice(30, 60), ...rgb.slice(0, 30)]);
});

const SHAPE = [2, 3, 25, 23];

test.each([
  ['channel', 'relu3', {}],
  ['pixel class', 'logits', { isTransformed: false }],
  ['diversity', 'relu3', { diversity: 100 }],
  ['direction', 'conv3', { cosinePower: 2 }],
  ['redirected', 'relu3', { isRedirected: true }],
])('the step of feature visualization: %s', async (name, layer, changes) => {
  const make: (shape: readonly number[], colors: 'rgb') => Parameterization =
    name === 'pixel class' ? pixelParameterization : fourierParameterization;
  const options = { isTransformed: true, isRedirected: false, diversity: 0, cosinePower: 0, ...changes };
  const graph = visualizationStep(model, { layer, shape: SHAPE, parameterization: make(SHAPE, 'rgb'), ...options });
  const values = await runOnce(
    graph,
    new Map([[VISUALIZATION.state, fixture(`visualization ${name}/state`)]]),
    [VISUALIZATION.loss, VISUALIZATION.gradient],
    {
      inputs: {
        [VISUALIZATION.weights]: fixture(`visualization ${name}/weights`),
        ...(options.isTransformed ? { [VIEW]: fixture('view') } : {}),
      },
      scalars: Object.fromEntries(graph.scalars.map((scalar) => [scalar, 1])),
    },
  );
  expectClose(values.get(VISUALIZATION.loss), `visualization ${name}/loss`);
  expectClose(values.get(VISUALIZATION.gradient), `visualization ${name}/gradient`, 3e-4);
});

test.each([
  ['energy', 'energy', 'mean-magnitude', [0, 1], 1.5 / 255],
  ['channel', 'energy', 'mean-magnitude', [0, 1], 1.5 / 255],
  ['mean', 'mean', 'standard-deviation', [-1, 1], 0.02],
  ['guided', 'guided', 'mean-magnitude', [0, 1], 1.5 / 255],
] as const)('the step of a deep dream: %s', async (name, objective, scale, clip, step) => {
  const picture = fixture('dream/picture');
  const guideFeatures = await layerValue(session, 'relu3', fromSamples(fixture('dream/guide'), model.preprocessing));
  const [, channels = 1, height = 1, width = 1] = guideFeatures.shape;
  const options: DreamStepOptions = {
    layer: 'relu3',
    picture: 'picture',
    shape: picture.shape,
    objective,
    isMasked: name === 'channel',
    scale,
    clip,
    guidePlaces: height * width,
  };
  const [rows, rowsBack] = rollIndices(25, 4);
  const [columns, columnsBack] = rollIndices(23, -3);
  const values = await runOnce(dreamStep(model, options), new Map([['picture', picture]]), [DREAM.gradient], {
    inputs: {
      [DREAM.rolledRows]: rows,
      [DREAM.rowsBack]: rowsBack,
      [DREAM.rolledColumns]: columns,
      [DREAM.columnsBack]: columnsBack,
      ...(name === 'channel' ? { [DREAM.mask]: fixture('dream/mask') } : {}),
      ...(name === 'guided' ? { [DREAM.guide]: { ...guideFeatures, shape: [channels, height * width] } } : {}),
    },
    scalars: { [DREAM.step]: step },
  });
  expectClose(values.get(DREAM.gradient), `dream ${name}/gradient`, 3e-4);
  expectClose(values.get('picture'), `dream ${name}/next`, 1e-4);
});

test('the step of inversion: its terms and their gradient', async () => {
  const graph = inversionStep(model, {
    layer: 'relu3',
    space: 'pixel',
    shape: [1, 3, 25, 23],
    middle: model.preprocessing.mean.map((mean) => 255 * mean),
    variation: 10,
    alphaNorm: 8e-10,
    optimizer: 'momentum',
  });
  const { error, variation, alphaNorm, loss, gradient } = INVERSION;
  const values = await runOnce(
    graph,
    new Map([[INVERSION.state, fixture('inversion/state')]]),
    [error, variation, alphaNorm, loss, gradient],
    {
      inputs: { [INVERSION.target]: fixture('inversion/target') },
      scalars: Object.fromEntries(graph.scalars.map((scalar) => [scalar, 2.5e6])),
    },
  );
  for (const name of [error, variation, alphaNorm, loss]) {
    expectClose(values.get(name), name.replace('.', '/'), 1e-4);
  }
  expectClose(values.get(gradient), 'inversion/gradient', 3e-4);
});
