import { float32Tensor, GraphBuilder, ParameterSet, Plan } from '@convscope/gpu-engine';
import { geometricMean, summarize } from '../measure.ts';
import { networks, tinyNetwork } from '../networks/networks.ts';
import { ConvscopeGraph } from '../peers/convscope-graph.ts';
import { convscopeNetwork, networkWeights } from '../peers/convscope-network.ts';
import { TENSORFLOW } from '../peers/tensorflow-kernels.ts';
import { TensorFlowNetwork } from '../peers/tensorflow-network.ts';
import { randomTensor } from '../random-tensor.ts';
import type { Suite, SuiteContext } from '../suite.ts';

const NODES = 60;
const WARM_RUNS = 200;

/** From weights in CPU memory to the first scores, kernels compiled; and what a warm run costs in JavaScript. */
export const startUpSuite: Suite = {
  name: 'start-up',
  title: 'Start-up: from weights to the first scores, compilation included; JavaScript of a warm run',
  count: (extent) => (extent === 'quick' ? 1 : Object.keys(networks).length) + 1,
  run: async (context) => {
    await measureFirstRuns(context);
    await measureWarmRun(context);
  },
};

/** One sample a side: kernels are compiled once in a process. The driver may have them in its cache on the disk. */
async function measureFirstRuns({ device, extent, wants, figure }: SuiteContext): Promise<void> {
  const quick = extent === 'quick';
  const size = quick ? 32 : 224;
  const ratios: number[] = [];
  for (const [key, architecture] of Object.entries(quick ? { tiny: tinyNetwork } : networks)) {
    const name = `${key}, ${size} x ${size}, first scores`;
    if (!wants(name)) continue;
    const network = convscopeNetwork(architecture, { size });
    const weights = networkWeights(network);
    const picture = randomTensor([1, 3, size, size], 2);
    const begin = performance.now();
    const ours = await ConvscopeGraph.create(device, network.graph, weights, ['logits']);
    await ours.read('logits', { inputs: { x: float32Tensor([1, 3, size, size], picture.data) } });
    const own = performance.now() - begin;
    const theirs = new TensorFlowNetwork(architecture, { size, weights });
    await theirs.forward(picture.data);
    const other = performance.now() - begin - own;
    figure({ name: `${name}, Convscope`, unit: 'ms', value: own });
    figure({ name: `${name}, ${TENSORFLOW}`, unit: 'ms', value: other });
    figure({ name: `${name}, ${TENSORFLOW}`, unit: 'times', value: other / own });
    ratios.push(other / own);
    ours.dispose();
    theirs.dispose();
  }
  if (ratios.length > 0) figure({ name: 'first scores: geometric mean', unit: 'times', value: geometricMean(ratios) });
}

/** Time until `run` gives the results' handles: nothing is waited for in a plan of one submit. */
async function measureWarmRun({ device, wants, figure }: SuiteContext): Promise<void> {
  const name = `warm run of ${NODES} nodes, JavaScript`;
  if (!wants(name)) return;
  const builder = new GraphBuilder();
  let value = builder.input('x', 'float32', [4]);
  for (let node = 0; node < NODES; node++) value = builder.op('relu', [value]);
  builder.output(value);
  const plan = await Plan.compile(device, builder.build());
  const parameters = await ParameterSet.create(device, new Map());
  const instance = await plan.instantiate(parameters);
  const x = float32Tensor([4]);
  const samples: number[] = [];
  for (let run = 0; run < WARM_RUNS; run++) {
    const begin = performance.now();
    await instance.run({ inputs: { x } });
    samples.push(performance.now() - begin);
    await device.handle.queue.onSubmittedWorkDone();
  }
  figure({ name, unit: 'ms', value: summarize(samples.slice(WARM_RUNS / 2)).median, wanted: 0.5 });
  instance.dispose();
  parameters.dispose();
  plan.dispose();
}
