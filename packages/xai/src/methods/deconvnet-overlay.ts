import { throwIfCancelled } from '@convscope/gpu-engine/graph';
import { featureLayer } from '../layers.ts';
import type { Method } from '../method.ts';
import { batchSize } from '../signal/batched.ts';
import { camLayer } from '../signal/cam.ts';
import { pictureAt, repeated } from '../signal/layer-values.ts';
import { deconvnetRules } from '../signal/relu-rules.ts';
import { signalsOfChannels } from '../signal/unit-rows.ts';
import { batchOfChannels } from '../signal/weighted-maps.ts';

/**
 * The deconvnet reconstructions of all channels of a layer, each from its strongest unit seeded with its own value, summed.
 * They must be computed one by one, since the signal's ReLU makes a deconvnet non-linear.
 */
export const deconvnetOverlay: Method = {
  name: 'deconvnet-overlay',
  title: 'Deconvnet overlay',
  summary: 'What all channels of a layer saw in the input: the sum of the reconstructions of their strongest units.',
  formula: 'R = Σ_k D(A_k at its maximum)',
  paper: {
    authors: 'Zeiler, Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2013,
    arxiv: '1311.2901',
  },
  explains: [],
  layer: 'last-features',
  parameters: { batch: batchOfChannels },
  caveat:
    'a deconvnet partly recovers the input whatever the weights are (Nie et al. 2018, 1805.07039): sharp is not yet faithful',
  run: async (session, request) => {
    const { input, signal, onProgress } = request;
    const layer = camLayer(session, request, 'deconvnet-overlay');
    const graph = session.graphFor(input);
    const channels = featureLayer(graph, layer).shape[1] as number;
    const batch = input.shape[0] as number;
    const size = input.data.length / batch;
    const sum = new Float64Array(input.data.length);
    const most = batchSize(session, input.shape, Math.min(channels, request.parameters['batch'] as number));
    for (let n = 0; n < batch; n++) {
      for (let first = 0; first < channels; first += most) {
        throwIfCancelled(signal);
        const count = Math.min(most, channels - first);
        const own = Array.from({ length: count }, (_, row) => first + row);
        const pictures = repeated(pictureAt(input, n), count);
        const what = { layer, channels: own, rules: deconvnetRules, name: 'deconvnet' };
        const { data } = await (await signalsOfChannels(session, pictures, what, signal)).read();
        data.forEach(
          (value, index) => (sum[n * size + (index % size)] = (sum[n * size + (index % size)] as number) + value),
        );
        onProgress?.((n + (first + count) / channels) / batch);
      }
    }
    return {
      tensor: await session.device.upload({ dtype: 'float32', shape: input.shape, data: Float32Array.from(sum) }),
      sign: 'signed',
      layer,
      remarks: [`sums the reconstructions of all ${channels} channels`],
    };
  },
};
