import { throwIfCancelled, type TensorData } from '@convscope/gpu-engine/graph';
import type { MethodRequest, MethodResult, ParameterSpecification } from '../method.ts';
import type { Session } from '../session.ts';
import { batchSize, eachPicture, type PictureRequest } from './batched.ts';
import { camLayer } from './cam.ts';
import { layerValues } from './layer-values.ts';

/** The parameter of maps that cost a forward pass a channel. */
export const batchOfChannels: ParameterSpecification = {
  type: 'integer',
  default: 64,
  min: 1,
  max: 1024,
  description: 'channels computed at a time, at most',
};

/** One picture, its maps at the layer [1, C, h, w], and the channels whose turn it is. */
export interface ChannelsRequest extends Pick<PictureRequest, 'picture' | 'target' | 'signal'> {
  readonly layer: string;
  readonly maps: TensorData<'float32'>;
  readonly first: number;
  readonly count: number;
}

/**
 * A class activation map [N, 1, h, w] whose weights need forward passes of their own: `scores` gives a number for each of
 * a batch of channels, `weigh` makes the weights of all channels of them.
 */
export async function weightedMaps(
  session: Session,
  request: MethodRequest,
  method: string,
  scores: (request: ChannelsRequest) => Promise<ArrayLike<number>>,
  weigh: (scores: Float64Array, picture: PictureRequest) => Promise<Float64Array>,
): Promise<MethodResult> {
  const layer = camLayer(session, request, method);
  const rectify = request.parameters['relu'] === true;
  const result = await eachPicture(session, request, async (one) => {
    const { picture, target, signal, onProgress } = one;
    const maps = await layerValues(session, picture, layer, signal);
    const [, channels, height, width] = maps.shape as [number, number, number, number];
    const given = new Float64Array(channels);
    const most = batchSize(session, picture.shape, Math.min(channels, request.parameters['batch'] as number));
    for (let first = 0; first < channels; first += most) {
      throwIfCancelled(signal);
      const count = Math.min(most, channels - first);
      given.set(Float64Array.from(await scores({ picture, target, signal, layer, maps, first, count })), first);
      onProgress((first + count) / channels);
    }
    const weights = await weigh(given, one);
    const plane = height * width;
    const sum = new Float64Array(plane);
    weights.forEach((weight, channel) => {
      for (let place = 0; place < plane; place++) {
        sum[place] = (sum[place] as number) + weight * (maps.data[channel * plane + place] as number);
      }
    });
    return {
      data: Float32Array.from(sum, (value) => (rectify ? Math.max(value, 0) : value)),
      shape: [1, height, width],
    };
  });
  return { ...result, layer, sign: rectify ? 'positive' : 'signed' };
}
