import { tensorToPicture, type Model, type Picture } from '@convscope/formats';
import { shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import type { Explanation, Method } from '@convscope/xai';
import { overlay, renderMaps, resizedMap, strongestOverChannels, type Scale } from '@convscope/xai/render';

/** The share of a colour picture's signal that lies inside its scale, in percent; the rest has the end's colour. */
export const SIGNAL_PERCENTILE = 99;

export interface MapContent {
  readonly model: Pick<Model, 'preprocessing'>;
  readonly method: Pick<Method, 'name'>;
  /** [N, C, H, W]. */
  readonly input: TensorData<'float32'>;
  readonly explanation: Pick<Explanation, 'sign'>;
  /** The explanation's maps [N, channels, h, w]. */
  readonly tensor: TensorData<'float32'>;
}

/** One picture's map in colour and over the picture. */
export interface MapPictures {
  readonly map: Picture;
  /** Of the picture's size. */
  readonly over: Picture;
  readonly scale: Scale;
  /** What the map's pixels are: `13x13`, or `224x224, strongest channel, to 99 %`. */
  readonly caption: string;
  /** Whether the map was enlarged to lie over the picture. */
  readonly isInterpolated: boolean;
}

/** Whether there is a number for every element of the input: a signal, not maps of a layer. */
export function isInputSignal({ method, input, tensor }: MapContent): boolean {
  return method.name !== 'feature-maps' && shapeText(tensor.shape) === shapeText(input.shape);
}

/** The maps of one picture of the batch, [1, channels, h, w]. */
export function mapsAt({ shape, data }: TensorData<'float32'>, index: number): TensorData<'float32'> {
  const [, channels = 0, height = 0, width = 0] = shape;
  const plane = channels * height * width;
  const own = data.subarray(index * plane, (index + 1) * plane);
  return { dtype: 'float32', shape: [1, channels, height, width], data: own };
}

/** Draws what is one map: of several channels, in each pixel the one of the largest magnitude. */
export function mapPictures(content: MapContent, index: number): MapPictures {
  const { model, input, explanation, tensor } = content;
  const { sign } = explanation;
  const shown = tensorToPicture(input, model.preprocessing, index);
  const maps = mapsAt(tensor, index);
  const [, channels = 0, height = 0, width = 0] = tensor.shape;
  const map = channels > 1 ? strongestOverChannels(maps) : maps;
  // Signals at the pixels of photos are sparse: scaled by the largest value of all they would be blank.
  const percentile = isInputSignal(content) && channels > 1 ? SIGNAL_PERCENTILE : 100;
  const { picture, scale } = renderMaps(map, { sign, percentile });
  const isInterpolated = height !== shown.height || width !== shown.width;
  const full = isInterpolated ? resizedMap(map, shown.height, shown.width) : map;
  return {
    map: picture,
    over: overlay(shown, full, scale, sign),
    scale,
    caption: `${width}x${height}${channels > 1 ? `, strongest channel, to ${percentile} %` : ''}`,
    isInterpolated,
  };
}
