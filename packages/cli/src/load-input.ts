import { extname } from 'node:path';
import { decodePicture, ModelFormatError, pictureToTensor, readNpy, type Model } from '@convscope/formats';
import { ConvscopeError, shapeText, valueOf, withInputShapes, type TensorData } from '@convscope/gpu-engine/graph';
import { readUserFile } from './read-file.ts';

export const inputFlag = {
  type: 'text',
  placeholder: 'X',
  required: true,
  description: 'a .npy file (N x C x H x W, float32, taken as it is), or a .png or .jpg picture',
} as const;

export interface LoadInputOptions {
  /**
   * Pixels of the longer side, for methods that take any size: the picture keeps its proportions instead of becoming as
   * large as the model's own input, and arrays may have any size.
   */
  readonly longerSide?: number;
}

/**
 * A model's input from a file: .npy is taken as it is, N x C x H x W; .png and .jpg are decoded, resized and normalised
 * as the model's preprocessing says, and give N = 1. Throws ModelFormatError, naming the file.
 */
export async function loadInput(
  path: string,
  model: Model,
  signal: AbortSignal,
  { longerSide }: LoadInputOptions = {},
): Promise<TensorData<'float32'>> {
  const kind = extname(path).toLowerCase();
  if (!['.npy', '.png', '.jpg', '.jpeg'].includes(kind)) {
    throw new ModelFormatError(path, 'this kind of file is no input', {
      got: kind === '' ? 'a name without an ending' : kind,
      wanted: '.npy, .png, .jpg or .jpeg',
    });
  }
  const bytes = await readUserFile(path, signal);
  if (kind !== '.npy') {
    const picture = decodePicture(bytes, path);
    if (longerSide !== undefined) {
      const factor = longerSide / Math.max(picture.width, picture.height);
      const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * factor)));
      return pictureToTensor(picture, { ...model.preprocessing, width: width ?? 1, height: height ?? 1 });
    }
    const input = pictureToTensor(picture, model.preprocessing);
    checkShape(input, model, path);
    return input;
  }
  const array = readNpy(bytes, path);
  if (array.dtype !== 'float32') {
    throw new ModelFormatError(path, 'inputs are taken as they are, already normalised', {
      field: 'descr',
      got: 'integers',
      wanted: 'float32',
    });
  }
  if (longerSide === undefined) checkShape(array, model, path);
  else checkChannels(array, model, path);
  const input: TensorData<'float32'> = { dtype: 'float32', shape: array.shape, data: array.data as Float32Array };
  checkFinite(input, path);
  return input;
}

function checkChannels({ shape }: TensorData, model: Model, path: string): void {
  const { channels } = model.preprocessing;
  if (shape.length === 4 && shape[1] === channels && shape.every((size) => size > 0)) return;
  throw new ModelFormatError(path, `not pictures that ${model.name} takes`, {
    field: 'shape',
    got: shapeText(shape),
    wanted: `N x ${channels} x H x W`,
  });
}

function checkShape({ shape }: TensorData, model: Model, path: string): void {
  const wanted = valueOf(model.graph, model.input).shape;
  const fits =
    shape.length === wanted.length &&
    shape.every((size, axis) => size > 0 && (typeof wanted[axis] === 'string' || wanted[axis] === size));
  if (!fits) {
    throw new ModelFormatError(path, `not a shape that ${model.name} takes`, {
      field: 'shape',
      got: shapeText(shape),
      wanted: shapeText(wanted),
    });
  }
  try {
    withInputShapes(model.graph, new Map([[model.input, shape]]));
  } catch (thrown) {
    if (!(thrown instanceof ConvscopeError)) throw thrown;
    throw new ModelFormatError(path, `${model.name} cannot take it: ${thrown.message}`, { field: 'shape' });
  }
}

function checkFinite({ shape, data }: TensorData, path: string): void {
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  const position: number[] = [];
  let rest = index;
  for (const size of shape.toReversed()) {
    position.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  throw new ModelFormatError(path, 'not a number that a network can take', {
    field: `element ${position.join(',')}`,
    got: String(data[index]),
    wanted: 'finite numbers',
  });
}
