import { resample, type Picture } from '@convscope/formats';
import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { colorTable } from '../color-maps.ts';
import { tableEntry } from '../render.ts';
import type { Scale } from '../scale.ts';

/** A map [1, 1, h, w] at another size, bilinearly: what lies between the centres of its cells is interpolated. */
export function resizedMap({ shape, data }: TensorData, height: number, width: number): TensorData<'float32'> {
  const [, , mapHeight = 1, mapWidth = 1] = shape;
  const whole = { left: 0, top: 0, width: mapWidth, height: mapHeight };
  const source = { width: mapWidth, height: mapHeight, channels: 1 };
  return float32Tensor([1, 1, height, width], resample(data, source, whole, { width, height }));
}

/**
 * A map [1, 1, h, w] over a picture of its size: the picture in pale grey, the map's colours the stronger the farther
 * a value is from zero.
 */
export function overlay(picture: Picture, map: TensorData, scale: Scale, sign: 'signed' | 'positive'): Picture {
  const { width, height } = picture;
  const data = new Uint8ClampedArray(picture.data.length);
  const table = colorTable(sign);
  const strongest = Math.max(Math.abs(scale.min), Math.abs(scale.max));
  for (let pixel = 0; pixel < width * height; pixel++) {
    const value = map.data[pixel] ?? 0;
    const strength = 0.7 * Math.sqrt(Math.min(1, Math.abs(value) / strongest));
    const [red = 0, green = 0, blue = 0] = picture.data.subarray(pixel * 4, pixel * 4 + 3);
    const grey = 110 + 0.5 * (0.299 * red + 0.587 * green + 0.114 * blue);
    const entry = tableEntry(value, scale) * 4;
    for (let channel = 0; channel < 3; channel++) {
      data[pixel * 4 + channel] = grey * (1 - strength) + (table[entry + channel] ?? 0) * strength;
    }
    data[pixel * 4 + 3] = 255;
  }
  return { width, height, data };
}

/** The colours from the lower to the upper end of a scale, one pixel high. */
export function colorBar(sign: 'signed' | 'positive'): Picture {
  return { width: 256, height: 1, data: colorTable(sign) };
}
