import type { Model } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { methodNamed, type Coverage, type Session } from '@convscope/xai';
import { renderMaps, scaleOf } from '@convscope/xai/render';
import type { LayerSection } from './content.ts';

/** Layers shown where none is named, from the first to the last of those that are worth looking at. */
const MOST_LAYERS = 4;
/** Channels shown of each. */
const MOST_CHANNELS = 18;
/** Maps are enlarged by whole numbers to about this side. */
const TILE_SIDE = 96;

/** The layers to show: a few from the first to the last that is no class map yet, and the named one. */
export function layersToShow({ layers, defaults }: Coverage, named: string | undefined): readonly string[] {
  const all = layers.filter(({ kind, shape }) => kind === 'features' && shape[1] !== 1).map(({ name }) => name);
  const last = defaults === undefined ? -1 : all.indexOf(defaults.classActivation);
  const maps = last < 0 ? all : all.slice(0, last + 1);
  const count = Math.min(MOST_LAYERS, maps.length);
  const spread = Array.from({ length: count }, (_, index) =>
    String(maps[Math.round((index * (maps.length - 1)) / Math.max(count - 1, 1))]),
  );
  return named === undefined || spread.includes(named) ? spread : [...spread, named];
}

/** The channels of a layer that answer the picture most, by their mean magnitude, on one scale. */
export async function layerSection(
  session: Session,
  model: Model,
  layer: string,
  input: TensorData<'float32'>,
  signal: AbortSignal,
): Promise<LayerSection> {
  const explanation = await session.explain(methodNamed('feature-maps'), { input, layer, signal });
  let tensor: TensorData<'float32'>;
  try {
    tensor = (await explanation.tensor.read()) as TensorData<'float32'>;
  } finally {
    explanation.dispose();
  }
  const [, channels = 0, height = 0, width = 0] = tensor.shape;
  const plane = height * width;
  const strength = (channel: number): number =>
    tensor.data.subarray(channel * plane, (channel + 1) * plane).reduce((sum, value) => sum + Math.abs(value), 0);
  const strengths = Array.from({ length: channels }, (_, channel) => strength(channel));
  const chosen = Array.from({ length: channels }, (_, channel) => channel)
    .toSorted((a, b) => (strengths[b] ?? 0) - (strengths[a] ?? 0) || a - b)
    .slice(0, MOST_CHANNELS);
  // A layer that may be negative but is not here has a scale from zero up.
  const sign = tensor.data.some((value) => value < 0) ? explanation.sign : 'positive';
  const scale = scaleOf(tensor.data, { sign, percentile: 99.5 });
  const zoom = Math.max(1, Math.round(TILE_SIDE / Math.max(width, height)));
  const maps = { ...tensor, shape: [channels, 1, height, width] };
  const tiles = chosen.map((channel) => ({
    channel,
    picture: renderMaps(maps, { sign, scale, zoom, index: channel }).picture,
  }));
  const op = model.graph.producers.get(model.graph.aliases.get(layer) ?? layer)?.op ?? '';
  return { layer, op, channels, height, width, sign, scale, tiles };
}
