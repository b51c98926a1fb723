import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture, pictureToTensor, type Model } from '@convscope/formats';
import { float32Tensor, shapeText, throwIfCancelled, type TensorData } from '@convscope/gpu-engine/graph';
import { DIGIT_SEEDS, digits, SHAPE_SEEDS, shapes } from '@convscope/zoo';
import { invalid } from './arguments.ts';
import { errorCode } from './file-errors.ts';
import { readUserFile } from './read-file.ts';

export const picturesFlag = {
  type: 'text',
  placeholder: 'digits|shapes|pictures:DIR',
  required: true,
  description: 'drawn digits or shapes that no recipe trains on, or a folder of PNG or JPEG files',
} as const;

/** Pictures that are drawn or read at a time. */
const PART = 32;
/** Folders below the named one that are looked into. */
const MOST_DEPTH = 8;

/** Pictures one part after another, as the model takes them. */
export interface PictureSource {
  readonly total: number;
  readonly parts: () => AsyncGenerator<TensorData<'float32'>>;
  /** What picture `index` is called: the name of its file, or its number. */
  readonly nameOf: (index: number) => string;
}

const DRAWN = new Map([
  ['digits', (count: number, offset: number) => digits(DIGIT_SEEDS.test, count, offset).images],
  ['shapes', (count: number, offset: number) => shapes(SHAPE_SEEDS.test, count, offset).images],
]);

/** The first `count` pictures of what `--data` names. Throws `invalid-parameter`, naming the flag. */
export async function openPictures(
  source: string,
  model: Model,
  count: number,
  signal: AbortSignal,
): Promise<PictureSource> {
  const draw = DRAWN.get(source);
  if (draw !== undefined) {
    return {
      total: count,
      nameOf: String,
      parts: async function* () {
        for (let first = 0; first < count; first += PART) {
          throwIfCancelled(signal);
          const pictures = await Promise.resolve(draw(Math.min(PART, count - first), first));
          yield normalized(pictures, model);
        }
      },
    };
  }
  const [, folder] = /^pictures:(.+)$/s.exec(source) ?? [];
  if (folder === undefined) {
    throw invalid('--data', 'no such data', { got: JSON.stringify(source), wanted: picturesFlag.placeholder });
  }
  const files = (await pictureFiles(folder, '', MOST_DEPTH)).slice(0, count);
  if (files.length === 0) throw invalid('--data', 'the folder holds no .png or .jpg files', { got: folder });
  return {
    total: files.length,
    nameOf: (index) => files[index] ?? String(index),
    parts: async function* () {
      for (const file of files) {
        throwIfCancelled(signal);
        const path = join(folder, file);
        yield pictureToTensor(decodePicture(await readUserFile(path, signal), path), model.preprocessing);
      }
    },
  };
}

/** Samples of 0 to 1 as the model takes them. Throws `invalid-parameter` where they are of another size. */
export function normalized(
  { shape, data }: TensorData<'float32'>,
  { preprocessing, name }: Model,
): TensorData<'float32'> {
  const { channels, height, width, scale, mean, standardDeviation, invert = false } = preprocessing;
  if (shape[1] !== channels || shape[2] !== height || shape[3] !== width) {
    throw invalid('--data', `${name} takes pictures of another size`, {
      got: shapeText(shape.slice(1)),
      wanted: shapeText([channels, height, width]),
    });
  }
  const plane = height * width;
  const result = data.map((sample, index) => {
    const channel = Math.floor(index / plane) % channels;
    const value = 255 * (invert ? 1 - sample : sample) * scale;
    return (value - (mean[channel] ?? 0)) / (standardDeviation[channel] ?? 1);
  });
  return float32Tensor(shape, result);
}

async function pictureFiles(root: string, folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((thrown: unknown) => {
    throw invalid('--data', `the folder cannot be read (${errorCode(thrown)})`, { got: join(root, folder) });
  });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) found.push(...(await pictureFiles(root, path, depth - 1)));
    if (entry.isFile() && /\.(png|jpe?g)$/i.test(entry.name)) found.push(path);
  }
  return found;
}
