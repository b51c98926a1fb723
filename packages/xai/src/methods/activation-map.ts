import { ConvscopeError, throwIfCancelled } from '@convscope/gpu-engine/graph';
import { defaultLayer, featureLayer } from '../layers.ts';
import type { Method } from '../method.ts';
import { layerValues } from '../signal/layer-values.ts';

/**
 * One map of a layer, or all of them laid over each other as one [N, 1, h, w]. `overlay` is alpha compositing: channel
 * by channel, what is there is covered by the next map with the given opacity, so that later channels count more;
 * `mean` and `max` know no order. With `normalize` each map is brought to 0 … 1 by its own extremes before, as plotting
 * libraries do; a map that is the same everywhere is zero then.
 */
export const activationMap: Method = {
  name: 'activation-map',
  title: 'Activation map',
  summary: 'Where a layer is active: one of its maps, or all laid over each other.',
  formula: 'M = A_k for one map; overlay: M ← (1 − o) M + o A_k for k = 1 … C; mean: (1/C) Σ_k A_k; max: max_k A_k',
  paper: {
    authors: 'Zeiler, Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2013,
    arxiv: '1311.2901',
  },
  explains: [],
  layer: 'first-features',
  parameters: {
    combine: {
      type: 'choice',
      default: 'overlay',
      choices: ['overlay', 'mean', 'max'],
      description: 'how the maps of all channels become one, where no channel is named',
    },
    opacity: { type: 'number', default: 0.02, min: 0.001, max: 1, description: 'of each map in an overlay' },
    normalize: { type: 'boolean', default: true, description: 'bring each map to 0 … 1 first' },
  },
  run: async (session, request) => {
    const base = session.graphFor(request.input);
    const { name: layer } = featureLayer(base, request.layer ?? defaultLayer(base, 'first-features'));
    const values = await layerValues(session, request.input, layer, request.signal);
    throwIfCancelled(request.signal);
    const [batch, channels, height, width] = values.shape as [number, number, number, number];
    const channel = request.unit?.channel;
    if (channel !== undefined && !(Number.isInteger(channel) && channel >= 0 && channel < channels)) {
      throw new ConvscopeError('invalid-parameter', 'the layer has no such channel', {
        node: layer,
        got: String(channel),
        wanted: `a channel from 0 to ${channels - 1}`,
      });
    }
    const plane = height * width;
    const normalize = request.parameters['normalize'] === true && channel === undefined;
    const data = new Float32Array(batch * plane);
    for (let n = 0; n < batch; n++) {
      const map = (index: number) => {
        const start = (n * channels + index) * plane;
        const own = values.data.subarray(start, start + plane);
        return normalize ? scaledToOne(own) : own;
      };
      const maps = channel === undefined ? Array.from({ length: channels }, (_, index) => map(index)) : [map(channel)];
      data.set(channel === undefined ? combined(maps, request.parameters) : (maps[0] as Float32Array), n * plane);
    }
    return {
      tensor: await session.device.upload({ dtype: 'float32', shape: [batch, 1, height, width], data }),
      sign: data.some((value) => value < 0) ? 'signed' : 'positive',
      layer,
      ...(channel === undefined ? {} : { units: Array.from({ length: batch }, () => ({ channel })) }),
    };
  },
};

function combined(maps: readonly Float32Array[], parameters: Readonly<Record<string, unknown>>): Float64Array {
  const { combine, opacity } = parameters as { combine: 'overlay' | 'mean' | 'max'; opacity: number };
  const result = new Float64Array(maps[0]?.length ?? 0);
  if (combine === 'max') result.fill(-Infinity);
  for (const map of maps) {
    map.forEach((value, place) => {
      const below = result[place] as number;
      if (combine === 'max') result[place] = Math.max(below, value);
      else if (combine === 'mean') result[place] = below + value / maps.length;
      else result[place] = below * (1 - opacity) + value * opacity;
    });
  }
  return result;
}

function scaledToOne(map: Float32Array): Float32Array {
  const [least, most] = map.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return map.map((value) => (most > least ? (value - least) / (most - least) : 0));
}
