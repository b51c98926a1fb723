import type { Picture } from '@convscope/formats';
import { ConvscopeError, shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import { colorTable, scaleOf, tableEntry, type Scale } from '@convscope/xai/render';

/** Filters as pictures, all on one scale that is centred on zero. */
export interface FilterPictures {
  readonly pictures: readonly Picture[];
  readonly scale: Scale;
  /** Whether the three channels are shown as red, green and blue, in which zero is middle grey. */
  readonly isColor: boolean;
}

/**
 * A convolution's weights [Co, Ci, Kh, Kw] as pictures of Kw x Kh pixels: those over one channel by the signed colour
 * map, those over three channels as colours, in the order in which the network takes red, green and blue.
 * Throws `invalid-tensor` for other shapes: deeper filters do not make pictures.
 */
export function filterPictures(weights: TensorData, order: 'rgb' | 'bgr' = 'rgb'): FilterPictures {
  const [count = 0, channels = 0, height = 0, width = 0] = weights.shape;
  if (weights.shape.length !== 4 || (channels !== 1 && channels !== 3)) {
    throw new ConvscopeError('invalid-tensor', 'only filters over one or three channels make pictures', {
      got: shapeText(weights.shape),
      wanted: 'N x 1 or 3 x H x W',
    });
  }
  const scale = scaleOf(Float32Array.from(weights.data), { sign: 'signed' });
  const table = colorTable('signed');
  const plane = height * width;
  const colors = order === 'bgr' ? [2, 1, 0] : [0, 1, 2];
  const pictures = Array.from({ length: count }, (_, filter): Picture => {
    const data = new Uint8ClampedArray(4 * plane);
    for (let pixel = 0; pixel < plane; pixel++) {
      const at = (channel: number): number => weights.data[(filter * channels + channel) * plane + pixel] ?? 0;
      if (channels === 1) {
        const entry = 4 * tableEntry(at(0), scale);
        data.set(table.subarray(entry, entry + 4), 4 * pixel);
      } else {
        const levels = colors.map((channel) => 127.5 + (127.5 * at(channel)) / scale.max);
        data.set([...levels, 255], 4 * pixel);
      }
    }
    return { width, height, data };
  });
  return { pictures, scale, isColor: channels === 3 };
}
