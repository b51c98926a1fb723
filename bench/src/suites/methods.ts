import { initializeParameters } from '@convscope/gpu-engine';
import { methodApplies, methodNamed, methodNames, Session } from '@convscope/xai';
import { oneByOne } from '../measure.ts';
import { asModel } from '../peers/as-model.ts';
import { CONVSCOPE } from '../peers/convscope-graph.ts';
import { randomTensor } from '../random-tensor.ts';
import { IMAGE, seedNetwork } from '../seed-network.ts';
import type { Suite } from '../suite.ts';

/** Every explanation method that applies to the seed network, with one picture: the times that someone waits in the page. */
export const methodsSuite: Suite = {
  name: 'methods',
  title: 'Methods: one picture through each explanation method, seed network, warm',
  count: (extent) => methodNames.filter((name) => extent !== 'quick' || QUICK.has(name)).length,
  run: async ({ device, extent, wants, measure }) => {
    const graph = seedNetwork({ batch: 1, dropout: 0 });
    const model = asModel('seed', graph, initializeParameters(graph, 1));
    const session = await Session.create(device, model);
    const input = randomTensor([1, 1, IMAGE, IMAGE], 3);
    for (const name of methodNames) {
      const method = methodNamed(name);
      if ((extent === 'quick' && !QUICK.has(name)) || methodApplies(method, model) !== undefined || !wants(name))
        continue;
      const run = async () => {
        const explanation = await session.explain(method, { input, target: 3, seed: 1 });
        await explanation.tensor.read();
        explanation.dispose();
      };
      await measure({ name, contenders: [{ name: CONVSCOPE, run: oneByOne(run) }] });
    }
    session.dispose();
  },
};

const QUICK: ReadonlySet<string> = new Set(['gradient', 'deconvnet']);
