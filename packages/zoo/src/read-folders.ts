import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { ModelFormatError } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { CIFAR10_FILE_NAMES, cifar10DataSet, type NamedBytes } from './data/cifar10.ts';
import { idxTrainingSets, IDX_FILE_NAMES, type IdxPair } from './data/idx-folder.ts';
import { pictureDataSet, splitClasses, type PictureClass } from './data/picture-folder.ts';
import { checkTrainingSets, type TrainingSets } from './data/training-sets.ts';

const MOST_FILE_BYTES = 2 ** 30;
const MOST_PICTURE_BYTES = 2 ** 26;
const MOST_CLASSES = 10_000;
const MOST_PICTURES = 1_000_000;

/**
 * Training and test set from a folder that holds MNIST's four files, or others named like them, gzipped or not. Classes
 * without names are called by number, or as Fashion-MNIST's where the folder's name has `fashion` in it.
 * Throws `invalid-file` naming the file that is missing, ModelFormatError for one that cannot be read.
 */
export async function readIdxFolder(folder: string, classNames?: readonly string[]): Promise<TrainingSets> {
  const pair = async ([images, labels]: readonly [string, string]): Promise<IdxPair> => ({
    images: await readEither(folder, images),
    labels: await readEither(folder, labels),
  });
  const [train, test] = [await pair(IDX_FILE_NAMES.train), await pair(IDX_FILE_NAMES.test)];
  return idxTrainingSets(basename(resolve(folder)), train, test, classNames);
}

/**
 * Training and test set from a folder with the files of CIFAR-10's binary version; of the training batches the first
 * must be there. Throws `invalid-file` naming the file that is missing, ModelFormatError naming the bad row.
 */
export async function readCifar10Folder(folder: string): Promise<TrainingSets> {
  const name = basename(folder);
  const [first, ...others] = CIFAR10_FILE_NAMES.train;
  const training = [await readEither(folder, first)];
  for (const other of others) {
    if (await isThere(join(folder, other))) training.push(await readEither(folder, other));
  }
  const test = await readEither(folder, CIFAR10_FILE_NAMES.test[0]);
  return { training: cifar10DataSet(name, training), validation: cifar10DataSet(name, [test]) };
}

/**
 * Training and validation set from PNG and JPEG pictures in one sub-folder a class, in the order of their names. Where
 * the folder holds `train` and `validation`, `val` or `test`, these hold the classes; otherwise every fifth picture of
 * each class is held out. Links, other kinds of files and what begins with a dot are left out.
 * Throws `invalid-file` where there are fewer than two classes, ModelFormatError naming a picture that cannot be read.
 */
export async function readPictureFolder(folder: string): Promise<TrainingSets> {
  const name = basename(folder);
  const names = await subfolders(folder);
  const heldOut = ['validation', 'val', 'test'].find((part) => names.includes(part));
  const { training, validation } =
    names.includes('train') && heldOut !== undefined
      ? { training: await classesIn(join(folder, 'train')), validation: await classesIn(join(folder, heldOut)) }
      : splitClasses(await classesIn(folder));
  const trainingSet = await pictureDataSet(name, training);
  const [, , height = 1, width = 1] = trainingSet.images.shape;
  const sets = { training: trainingSet, validation: await pictureDataSet(name, validation, { height, width }) };
  checkTrainingSets(sets);
  return sets;
}

async function classesIn(folder: string): Promise<readonly PictureClass[]> {
  const names = await subfolders(folder);
  if (names.length < 2 || names.length > MOST_CLASSES) {
    throw new ConvscopeError('invalid-file', `${folder} does not hold one folder of pictures a class`, {
      got: `${names.length} folders`,
      wanted: `2 to ${MOST_CLASSES}`,
    });
  }
  const classes: PictureClass[] = [];
  let count = 0;
  for (const name of names) {
    const entries = await readdir(join(folder, name), { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && isPictureName(entry.name)).map((entry) => entry.name);
    count += files.length;
    if (count > MOST_PICTURES) {
      throw new ConvscopeError('invalid-file', `${folder} holds too many pictures`, { wanted: `${MOST_PICTURES}` });
    }
    const pictures = files.sort().map((file) => async () => {
      const path = join(folder, name, file);
      return { bytes: await readBounded(path, MOST_PICTURE_BYTES), fileName: path };
    });
    classes.push({ name, pictures });
  }
  return classes;
}

async function subfolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

function isPictureName(name: string): boolean {
  return !name.startsWith('.') && ['.png', '.jpg', '.jpeg'].includes(extname(name).toLowerCase());
}

async function readEither(folder: string, name: string): Promise<NamedBytes> {
  for (const fileName of [name, `${name}.gz`]) {
    const path = join(folder, fileName);
    if (await isThere(path)) return { bytes: await readBounded(path, MOST_FILE_BYTES), fileName };
  }
  const wanted = name.endsWith('.bin') ? name : `${name} or ${name}.gz`;
  throw new ConvscopeError('invalid-file', `${join(folder, name)} is missing`, { wanted });
}

async function readBounded(path: string, most: number): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size <= most) return new Uint8Array(await readFile(path));
  throw new ModelFormatError(path, 'the file is too large', { got: `${size} bytes`, wanted: `at most ${most}` });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return false;
    throw error;
  }
}
