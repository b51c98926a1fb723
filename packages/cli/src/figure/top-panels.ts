import { tensorToPicture, type Model, type Picture } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import type { ChannelTop, TopActivation } from '@convscope/xai';
import { renderMaps } from '@convscope/xai/render';

/** What the figure and the page show. */
export interface TopContent {
  readonly model: Model;
  readonly layer: string;
  readonly channels: readonly ChannelTop[];
  readonly searched: number;
  readonly nameOf: (picture: number) => string;
}

/** A picture's crop and what the unit saw of it, of one size. */
export interface TopPanel {
  readonly crop: Picture;
  readonly reconstruction: Picture;
}

/** The crop of a picture, and of its reconstruction: in colour around grey, or signed where the network sees grey. */
export function topPanel(model: Model, { crop, image, reconstruction }: TopActivation): TopPanel {
  const picture = tensorToPicture(image, model.preprocessing);
  return { crop: cut(picture, crop), reconstruction: cut(reconstructionPicture(model, reconstruction, crop), crop) };
}

export function topHeading({ model, layer, searched }: TopContent): string {
  return `What excites ${layer} of ${model.name} most, of ${searched} pictures`;
}

export const TOP_NOTES = [
  'left: the parts of the pictures that the strongest unit can see; right: its deconvnet reconstruction, each on its own scale',
  'a deconvnet partly recovers the input whatever the weights are (Nie et al. 2018, 1805.07039)',
] as const;

function reconstructionPicture(model: Model, signal: TensorData<'float32'>, box: TopActivation['crop']): Picture {
  const [, channels = 1, height = 1, width = 1] = signal.shape;
  if (channels !== 3) return renderMaps(signal, { sign: 'signed' }).picture;
  const plane = height * width;
  let strongest = 0;
  for (let y = box.top; y < box.top + box.height; y++) {
    for (let x = box.left; x < box.left + box.width; x++) {
      for (let c = 0; c < 3; c++)
        strongest = Math.max(strongest, Math.abs(signal.data[c * plane + y * width + x] ?? 0));
    }
  }
  const data = new Uint8ClampedArray(4 * plane).fill(255);
  const isBgr = model.preprocessing.order === 'bgr';
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let c = 0; c < 3; c++) {
      const value = signal.data[(isBgr ? 2 - c : c) * plane + pixel] ?? 0;
      data[4 * pixel + c] = 127.5 + (strongest > 0 ? (127.5 * value) / strongest : 0);
    }
  }
  return { width, height, data };
}

function cut(picture: Picture, { top, left, height, width }: TopActivation['crop']): Picture {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * picture.width + left) * 4;
    data.set(picture.data.subarray(from, from + 4 * width), y * width * 4);
  }
  return { width, height, data };
}
