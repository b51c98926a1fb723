import { stat } from 'node:fs/promises';
import { digitTrainingSets, shapeTrainingSets, type Recipe, type TrainingSets } from '@convscope/zoo';
import { readCifar10Folder, readIdxFolder, readPictureFolder } from '@convscope/zoo/node';
import { invalid } from './arguments.ts';

export const dataFlag = {
  type: 'text',
  placeholder: 'digits|shapes|KIND:DIR',
  required: true,
  description:
    "drawn digits or shapes, or a folder: idx:DIR with the four IDX files of MNIST or Fashion-MNIST, cifar10:DIR with CIFAR-10's binary " +
    'version, pictures:DIR with a sub-folder of PNG or JPEG files a class',
} as const;

const DRAWN: ReadonlyMap<string, (training: number, validation: number) => TrainingSets> = new Map([
  ['digits', digitTrainingSets],
  ['shapes', shapeTrainingSets],
]);

const FOLDERS: ReadonlyMap<string, (folder: string) => Promise<TrainingSets>> = new Map([
  ['cifar10', readCifar10Folder],
  ['pictures', readPictureFolder],
]);

/**
 * The data that `--data` names; what is drawn, in the counts of the recipe. Class names are for IDX files, which have
 * none. Throws `invalid-parameter`.
 */
export async function loadTrainingData(
  source: string,
  recipe: Recipe,
  classNames?: readonly string[],
): Promise<TrainingSets> {
  const draw = DRAWN.get(source);
  if (draw !== undefined) return draw(recipe.trainingCount, recipe.validationCount);
  const [, kind = '', folder = ''] = /^([a-z0-9]+):(.+)$/s.exec(source) ?? [];
  const read = kind === 'idx' ? async (path: string) => readIdxFolder(path, classNames) : FOLDERS.get(kind);
  if (read === undefined) {
    throw invalid('--data', 'no such data', {
      got: JSON.stringify(source),
      wanted: 'digits, shapes, idx:DIR, cifar10:DIR or pictures:DIR',
    });
  }
  const entry = await stat(folder).catch(() => undefined);
  if (entry?.isDirectory() !== true) throw invalid('--data', 'there is no such folder', { got: folder });
  return read(folder);
}
