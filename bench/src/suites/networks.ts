import { backward, float32Tensor, GraphBuilder, type GpuDevice } from '@convscope/gpu-engine';
import { oneByOne } from '../measure.ts';
import { networks, tinyNetwork, type Architecture } from '../networks/networks.ts';
import { CONVSCOPE, ConvscopeGraph } from '../peers/convscope-graph.ts';
import { convscopeNetwork, networkWeights } from '../peers/convscope-network.ts';
import { TensorFlowNetwork } from '../peers/tensorflow-network.ts';
import { randomTensor } from '../random-tensor.ts';
import type { Extent, Suite, SuiteContext } from '../suite.ts';

const [FULL_SIZE, QUICK_SIZE] = [224, 32];
const TARGET = 7;
/**
 * Of the length of the difference to that of the result. In float32 a ReLU near zero may take the other side, and all of
 * the picture that it sees then has another gradient: one that is wrong differs by about 1.
 */
const TOLERANCE = { forward: 1e-3, 'input gradient': 5e-2 };

/** ResNet-18 and MobileNetV2 at batch 1, the picture uploaded and scores or gradient read back in every run. */
export const networksSuite: Suite = {
  name: 'networks',
  title: 'Networks: ResNet-18 and MobileNetV2, batch 1, forward and the gradient of a class score to the picture',
  count: (extent) => 2 * Object.keys(networksOf(extent)).length,
  run: async (context) => {
    for (const [name, architecture] of Object.entries(networksOf(context.extent)))
      await measureNetwork(context, name, architecture);
  },
};

function networksOf(extent: Extent): Readonly<Record<string, Architecture>> {
  return extent === 'quick' ? { tiny: tinyNetwork } : networks;
}

async function measureNetwork(
  { device, extent, wants, check, measure }: SuiteContext,
  name: string,
  architecture: Architecture,
) {
  const size = extent === 'quick' ? QUICK_SIZE : FULL_SIZE;
  const network = convscopeNetwork(architecture, { size });
  const weights = networkWeights(network);
  const picture = randomTensor([1, 3, size, size], 2);
  const ours = await createOurs(device, network, weights);
  const theirs = new TensorFlowNetwork(architecture, { size, weights });
  const x = float32Tensor([1, 3, size, size], picture.data);
  const works = {
    forward: {
      ours: () => ours.forward.read('logits', { inputs: { x } }),
      theirs: () => theirs.forward(picture.data),
    },
    'input gradient': {
      ours: () => ours.gradient.read('gradient', { inputs: { x } }),
      theirs: () => theirs.inputGradient(picture.data, TARGET),
    },
  };
  for (const [pass, work] of Object.entries(works)) {
    const title = `${name}, ${size} x ${size}, ${pass}`;
    if (!wants(title)) continue;
    const [a, b] = [await work.ours(), await work.theirs()];
    const difference = lengthOf(a.map((value, index) => value - (b[index] ?? NaN))) / lengthOf(b);
    check({ what: title, difference, tolerance: TOLERANCE[pass as keyof typeof TOLERANCE] });
    const contenders = [
      { name: CONVSCOPE, run: oneByOne(work.ours) },
      { name: theirs.name, run: oneByOne(work.theirs) },
    ];
    await measure({ name: title, contenders });
  }
  ours.forward.dispose();
  ours.gradient.dispose();
  theirs.dispose();
}

function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

async function createOurs(
  device: GpuDevice,
  network: ReturnType<typeof convscopeNetwork>,
  weights: ReturnType<typeof networkWeights>,
) {
  const seeded = new GraphBuilder(network.graph);
  const classes = network.graph.values.get(network.graph.outputs[0] as string)?.shape as readonly number[];
  const seed = float32Tensor(classes, new Float32Array(classes[1] as number));
  seed.data[TARGET] = 1;
  seeded.constant('seed', seed);
  const { graph, cotangents } = backward(seeded.build(), { of: 'logits', seed: 'seed', wrt: ['x'] });
  const named = new GraphBuilder(graph);
  named.alias('gradient', cotangents.get('x') as string);
  const forward = await ConvscopeGraph.create(device, network.graph, weights, ['logits']);
  return {
    forward,
    gradient: await ConvscopeGraph.create(device, named.build(), weights, ['gradient']),
  };
}
