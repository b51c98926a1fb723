import {
  concreteShape,
  elementCount,
  initializeParameters,
  ParameterSet,
  Plan,
  trainingStep,
  valueOf,
  type Graph,
} from '@convscope/gpu-engine';
import { networks } from '../networks/networks.ts';
import { convscopeNetwork } from '../peers/convscope-network.ts';
import { seedNetwork } from '../seed-network.ts';
import type { Suite } from '../suite.ts';

const MEGABYTE = 1e6;
/** Of what any assignment needs at least. */
const WANTED_RATIO = 1.25;

/** What plans hold for intermediate values, beside the least that any assignment could do with. */
export const memorySuite: Suite = {
  name: 'memory',
  title: 'Memory: intermediate values of each plan, and what a second instance costs',
  count: () => 4,
  run: async ({ device, extent, wants, figure }) => {
    const [size, batch] = extent === 'quick' ? [32, 4] : [224, 100];
    const plans: Record<string, Graph> = {
      [`resnet18 forward, ${size} x ${size}`]: convscopeNetwork(networks.resnet18, { size }).graph,
      [`mobileNetV2 forward, ${size} x ${size}`]: convscopeNetwork(networks.mobileNetV2, { size }).graph,
      [`seed network forward, batch ${batch}`]: seedNetwork({ batch, dropout: 0 }),
      [`seed network Adam step, batch ${batch}`]: trainingStep(seedNetwork({ batch, dropout: 0.2 }), {
        optimizer: { kind: 'adam' },
      }).graph,
    };
    for (const [name, graph] of Object.entries(plans)) {
      if (!wants(name)) continue;
      const plan = await Plan.compile(device, graph);
      const { bytes: held, ratio } = plan.memory;
      figure({ name: `${name}: held`, unit: 'MB', value: held / MEGABYTE });
      figure({
        name: `${name}: held, of the least`,
        unit: 'part',
        value: ratio,
        wanted: WANTED_RATIO,
      });
      if (name.includes('resnet18')) {
        const parameters = await ParameterSet.create(device, initializeParameters(graph, 1));
        const first = await plan.instantiate(parameters);
        const before = device.memory.use.bytes;
        const second = await plan.instantiate(parameters);
        const inputs = graph.inputs.reduce(
          (sum, input) => sum + 4 * elementCount(concreteShape(valueOf(graph, input).shape, input)),
          0,
        );
        const own = device.memory.use.bytes - before - held - inputs;
        figure({
          name: `${name}: a second instance, beside its own values`,
          unit: 'MB',
          value: own / MEGABYTE,
          wanted: 0.01,
        });
        for (const instance of [first, second]) instance.dispose();
        parameters.dispose();
      }
      plan.dispose();
    }
  },
};
