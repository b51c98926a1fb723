import type { Tensor } from '@convscope/gpu-engine';
import { ConvscopeError, GraphBuilder, valueOf, type Graph } from '@convscope/gpu-engine/graph';
import { defaultLayer, featureLayer } from '../layers.ts';
import type { Method } from '../method.ts';
import { isRectified } from '../signal/relu-rules.ts';

/** The maps of a layer [N, C, h, w], or one of them [N, 1, h, w] where a unit names its channel. */
export const featureMaps: Method = {
  name: 'feature-maps',
  title: 'Feature maps',
  summary: 'What a layer gives for the input: one map a channel, as the network computes it.',
  formula: 'A_k = f_k(x), for every channel k',
  paper: {
    authors: 'Yosinski, Clune, Nguyen, Fuchs, Lipson',
    title: 'Understanding Neural Networks Through Deep Visualization',
    year: 2015,
    arxiv: '1506.06579',
  },
  explains: [],
  layer: 'first-features',
  parameters: {},
  run: async (session, request) => {
    const { input } = session.model;
    const base = session.graphFor(request.input);
    const value = featureLayer(base, request.layer ?? defaultLayer(base, 'first-features'));
    const layer = value.name;
    const channels = value.shape[1] as number;
    const channel = request.unit?.channel;
    if (channel !== undefined && !(Number.isInteger(channel) && channel >= 0 && channel < channels)) {
      throw new ConvscopeError('invalid-parameter', 'the layer has no such channel', {
        node: layer,
        got: String(channel),
        wanted: `a channel from 0 to ${channels - 1}`,
      });
    }
    const build = (graph: Graph): Graph => {
      if (channel === undefined) return { ...graph, outputs: [valueOf(graph, layer).name] };
      const builder = new GraphBuilder(graph);
      const one = builder.op('slice', [layer], { axis: 1, start: channel, length: 1 });
      return { ...builder.build(), outputs: [one] };
    };
    const results = await session.run(`feature-maps ${layer} ${String(channel)}`, request.input, build, {
      inputs: { [input]: request.input },
      signal: request.signal,
    });
    const maps = results.values().next().value as Tensor;
    return { tensor: await maps.clone(), sign: isRectified(base, layer) ? 'positive' : 'signed', layer };
  },
};
