import { ConvscopeError, float32Tensor, shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import { type Picture } from './picture.ts';
import { type Preprocessing } from './preprocessing.ts';
import { resample, type Region } from './resample.ts';

/**
 * A network's input from a picture: put on the background, made grey where one channel is wanted (ITU-R BT.601 luma:
 * 0.299 R + 0.587 G + 0.114 B), resized with an antialiasing triangle filter, and normalised.
 *
 * @returns float32, 1 x channels x height x width.
 */
export function pictureToTensor(picture: Picture, preprocessing: Preprocessing): TensorData<'float32'> {
  const { channels, height, width, scale, mean, standardDeviation, invert = false } = preprocessing;
  const samples = fitted(opaqueSamples(picture, preprocessing), picture, preprocessing);
  const plane = height * width;
  const result = new Float32Array(channels * plane);
  for (let channel = 0; channel < channels; channel++) {
    const offset = mean[channel] ?? 0;
    const divisor = standardDeviation[channel] ?? 1;
    const source = sourceChannel(channel, preprocessing);
    for (let pixel = 0; pixel < plane; pixel++) {
      const sample = samples[pixel * channels + source] ?? 0;
      result[channel * plane + pixel] = ((invert ? 255 - sample : sample) * scale - offset) / divisor;
    }
  }
  return float32Tensor([1, channels, height, width], result);
}

/**
 * The picture that a network's input shows: the inverse of `pictureToTensor` but for the resizing.
 *
 * @param tensor N x channels x height x width, of which picture `index` is taken; height and width may be any.
 */
export function tensorToPicture(tensor: TensorData<'float32'>, preprocessing: Preprocessing, index = 0): Picture {
  const { channels, scale, mean, standardDeviation, invert = false } = preprocessing;
  const [count = 0, tensorChannels = 0, height = 0, width = 0] = tensor.shape;
  if (tensor.shape.length !== 4 || tensorChannels !== channels || !(index >= 0 && index < count)) {
    throw new ConvscopeError('invalid-tensor', `there is no picture ${index} in this tensor`, {
      got: shapeText(tensor.shape),
      wanted: shapeText(['N', channels, 'H', 'W']),
    });
  }
  const plane = height * width;
  const data = new Uint8ClampedArray(4 * plane).fill(255);
  for (let target = 0; target < 3; target++) {
    const channel = channels === 1 ? 0 : sourceChannel(target, preprocessing);
    const start = (index * channels + channel) * plane;
    for (let pixel = 0; pixel < plane; pixel++) {
      const value = (tensor.data[start + pixel] ?? 0) * (standardDeviation[channel] ?? 1) + (mean[channel] ?? 0);
      data[4 * pixel + target] = invert ? 255 - value / scale : value / scale;
    }
  }
  return { width, height, data };
}

/** Where a tensor's channel is among red, green and blue; the same the other way round. */
function sourceChannel(channel: number, { channels, order }: Preprocessing): number {
  return channels === 3 && order === 'bgr' ? 2 - channel : channel;
}

function backgroundOf({ background = [255, 255, 255], channels }: Preprocessing): number[] {
  const [red = 255, green = 255, blue = 255] = background;
  return channels === 1 ? [luma(red, green, blue)] : [red, green, blue];
}

function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Interleaved grey or RGB samples, 0 to 255, over the background. */
function opaqueSamples({ width, height, data }: Picture, preprocessing: Preprocessing): Float32Array {
  const { channels } = preprocessing;
  const background = backgroundOf(preprocessing);
  const samples = new Float32Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = (data[4 * pixel + 3] ?? 255) / 255;
    for (let channel = 0; channel < channels; channel++) {
      const colour =
        channels === 1
          ? luma(data[4 * pixel] ?? 0, data[4 * pixel + 1] ?? 0, data[4 * pixel + 2] ?? 0)
          : (data[4 * pixel + channel] ?? 0);
      samples[pixel * channels + channel] = colour * alpha + (background[channel] ?? 255) * (1 - alpha);
    }
  }
  return samples;
}

/** Interleaved samples at the wanted size. */
function fitted(samples: Float32Array, picture: Picture, preprocessing: Preprocessing): Float32Array {
  const { channels, width, height, resize } = preprocessing;
  const source = { width: picture.width, height: picture.height, channels };
  const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
  const horizontal = width / picture.width;
  const vertical = height / picture.height;
  if (resize === 'stretch') return resample(samples, source, whole, { width, height });
  if (resize === 'cover')
    return resample(samples, source, centred(whole, width, height, Math.max(horizontal, vertical)), { width, height });

  const factor = Math.min(horizontal, vertical);
  const inner = {
    width: Math.max(1, Math.round(picture.width * factor)),
    height: Math.max(1, Math.round(picture.height * factor)),
  };
  const shrunk = resample(samples, source, whole, inner);
  const left = Math.floor((width - inner.width) / 2);
  const top = Math.floor((height - inner.height) / 2);
  const background = backgroundOf(preprocessing);
  const result = Float32Array.from(
    { length: width * height * channels },
    (_, index) => background[index % channels] ?? 255,
  );
  const rowLength = inner.width * channels;
  for (let y = 0; y < inner.height; y++) {
    result.set(shrunk.subarray(y * rowLength, (y + 1) * rowLength), ((top + y) * width + left) * channels);
  }
  return result;
}

/** The middle of a picture that, grown by `factor`, has the wanted size. */
function centred(whole: Region, width: number, height: number, factor: number): Region {
  const region = { width: width / factor, height: height / factor };
  return { ...region, left: (whole.width - region.width) / 2, top: (whole.height - region.height) / 2 };
}
