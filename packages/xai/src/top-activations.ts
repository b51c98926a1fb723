import type { Tensor } from '@convscope/gpu-engine';
import {
  ConvscopeError,
  float32Tensor,
  GraphBuilder,
  shapeText,
  throwIfCancelled,
  valueOf,
  type Graph,
  type TensorData,
} from '@convscope/gpu-engine/graph';
import { receptiveField, type Box } from './receptive-field.ts';
import type { Session } from './session.ts';
import { batchSize } from './signal/batched.ts';
import { pictureAt } from './signal/layer-values.ts';
import { deconvnetRules } from './signal/relu-rules.ts';
import { signalsOfChannels } from './signal/unit-rows.ts';

type Pictures = TensorData<'float32'>;

/** A picture that excites a channel, and what the channel's strongest unit in it saw. */
export interface TopActivation {
  /** Its number in the data set, from 0. */
  readonly picture: number;
  readonly activation: number;
  /** Of the strongest unit, the first in row-major order; not there for vectors of units. */
  readonly position?: { readonly y: number; readonly x: number };
  /** The pixels that the unit can see. */
  readonly crop: Box;
  /** The whole picture [1, C, H, W] as the network takes it. */
  readonly image: Pictures;
  /** The deconvnet reconstruction of that unit [1, C, H, W]. */
  readonly reconstruction: Pictures;
}

export interface ChannelTop {
  readonly channel: number;
  /** Strongest first; earlier pictures first where activations are equal. One unit a picture. */
  readonly top: readonly TopActivation[];
}

export interface TopActivationsOptions {
  readonly layer: string;
  readonly channels: readonly number[];
  /** Pictures kept a channel. Default: 9, as in the paper. */
  readonly count?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch with the number of pictures seen. */
  readonly onProgress?: ((pictures: number) => void) | undefined;
}

/**
 * The pictures of a data set that excite channels of a layer most (Zeiler & Fergus 2013, figure 2): the set goes through
 * the GPU batch by batch, and only the best pictures of each channel are kept.
 *
 * @param pictures N x C x H x W as the network takes them, or any number of such parts one after another.
 * @throws ConvscopeError `unknown-name`, `invalid-parameter` for channels that are not there, `cancelled`.
 */
export async function topActivations(
  session: Session,
  pictures: Pictures | Iterable<Pictures> | AsyncIterable<Pictures>,
  { layer, channels, count = 9, signal, onProgress }: TopActivationsOptions,
): Promise<readonly ChannelTop[]> {
  if (!(Number.isInteger(count) && count >= 1 && count <= 1000)) {
    throw new ConvscopeError('invalid-parameter', 'count', { got: String(count), wanted: 'an integer from 1 to 1000' });
  }
  const best = new Map(channels.map((channel) => [channel, [] as Found[]]));
  let seen = 0;
  for await (const batch of batchesOf(session, pictures)) {
    throwIfCancelled(signal);
    const peaks = await peaksOf(session, batch, layer, channels, signal);
    for (const [channel, found] of best) {
      peaks.activation(channel).forEach((activation, n) => {
        const last = found.at(-1);
        if (found.length === count && last !== undefined && activation <= last.activation) return;
        const { shape, data } = pictureAt(batch, n);
        const image: Pictures = { dtype: 'float32', shape, data: data.slice() };
        found.push({ picture: seen + n, activation, position: peaks.position(channel, n), image });
        found.sort((a, b) => b.activation - a.activation || a.picture - b.picture);
        found.length = Math.min(found.length, count);
      });
    }
    seen += batch.shape[0] as number;
    onProgress?.(seen);
  }
  const results: ChannelTop[] = [];
  for (const [channel, found] of best) {
    results.push({ channel, top: await reconstructed(session, found, layer, channel, signal) });
  }
  return results;
}

type Found = Pick<TopActivation, 'picture' | 'activation' | 'image'> & {
  readonly position: TopActivation['position'] | undefined;
};

/** Parts that are small enough for one pass. */
async function* batchesOf(
  session: Session,
  pictures: Pictures | Iterable<Pictures> | AsyncIterable<Pictures>,
): AsyncGenerator<Pictures> {
  for await (const part of 'shape' in pictures ? [pictures] : pictures) {
    const [total = 0, ...single] = part.shape;
    if (single.length !== 3) {
      throw new ConvscopeError('invalid-shape', 'not pictures', { got: shapeText(part.shape), wanted: 'NxCxHxW' });
    }
    const size = part.data.length / Math.max(total, 1);
    const most = batchSize(session, [1, ...single], total);
    for (let first = 0; first < total; first += most) {
      const rows = Math.min(most, total - first);
      yield float32Tensor([rows, ...single], part.data.subarray(first * size, (first + rows) * size));
    }
  }
}

/** The strongest activation of each channel in each picture, and where it is. */
async function peaksOf(
  session: Session,
  pictures: Pictures,
  layer: string,
  channels: readonly number[],
  signal: AbortSignal | undefined,
) {
  const { name, shape, dtype } = valueOf(session.graphFor(pictures), layer);
  const [, total = 0, , width = 1] = shape as readonly number[];
  if (dtype !== 'float32' || (shape.length !== 4 && shape.length !== 2)) {
    throw new ConvscopeError('invalid-parameter', 'the layer has no channels', {
      node: layer,
      got: `${dtype} ${shapeText(shape)}`,
      wanted: 'feature maps [N, C, H, W] or a vector [N, F]',
    });
  }
  const missing = channels.find((channel) => !(Number.isInteger(channel) && channel >= 0 && channel < total));
  if (missing !== undefined) {
    throw new ConvscopeError('invalid-parameter', 'the layer has no such channel', {
      node: layer,
      got: String(missing),
      wanted: `a channel from 0 to ${total - 1}`,
    });
  }
  const isMap = shape.length === 4;
  const build = (graph: Graph): Graph => {
    if (!isMap) return { ...graph, outputs: [name] };
    const builder = new GraphBuilder(graph);
    const outputs = builder.node('reduceMax', [name], { axes: [2, 3] }, 'explanation.peak');
    return { ...builder.build(), outputs };
  };
  const inputs = { [session.model.input]: pictures };
  const results = [...(await session.run(`peaks of ${name}`, pictures, build, { inputs, signal })).values()];
  const values = await (results[0] as Tensor).read();
  const places = isMap ? await (results[1] as Tensor).read() : undefined;
  const rows = pictures.shape[0] as number;
  return {
    activation: (channel: number) => Array.from({ length: rows }, (_, n) => values.data[n * total + channel] as number),
    position: (channel: number, n: number) => {
      const place = places?.data[n * total + channel];
      return place === undefined ? undefined : { y: Math.floor(place / width), x: place % width };
    },
  };
}

/** Adds reconstructions and crops. A picture's strongest unit is found again in the same values, so it is the same. */
async function reconstructed(
  session: Session,
  found: readonly Found[],
  layer: string,
  channel: number,
  signal: AbortSignal | undefined,
): Promise<readonly TopActivation[]> {
  const [first] = found;
  if (first === undefined) return [];
  const most = batchSize(session, first.image.shape, found.length);
  const result: TopActivation[] = [];
  for (let start = 0; start < found.length; start += most) {
    throwIfCancelled(signal);
    const some = found.slice(start, start + most);
    const size = first.image.data.length;
    const pictures = float32Tensor([some.length, ...first.image.shape.slice(1)]);
    some.forEach(({ image }, row) => pictures.data.set(image.data, row * size));
    const what = { layer, channels: some.map(() => channel), rules: deconvnetRules, name: 'deconvnet' };
    const signals = (await (await signalsOfChannels(session, pictures, what, signal)).read()) as Pictures;
    const graph = session.graphFor(first.image);
    some.forEach(({ position, ...rest }, row) => {
      const { shape, data } = pictureAt(signals, row);
      result.push({
        ...rest,
        ...(position === undefined ? {} : { position }),
        crop: receptiveField(graph, layer, position?.y, position?.x, session.model.input),
        reconstruction: { dtype: 'float32', shape, data: data.slice() },
      });
    });
  }
  return result;
}
