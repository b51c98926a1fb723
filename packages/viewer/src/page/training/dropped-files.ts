import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { parseLabels } from '@convscope/formats';
import {
  CIFAR10_FILE_NAMES,
  cifar10DataSet,
  IDX_FILE_NAMES,
  idxTrainingSets,
  pictureDataSet,
  splitClasses,
  type IdxPair,
  type PictureClass,
  type TrainingSets,
} from '@convscope/zoo';
import { readFile } from '../../shared/read-bytes.ts';

/** A file of a dropped or chosen folder; `path` is relative to where the user pointed, with slashes. */
export interface FolderFile {
  readonly path: string;
  readonly file: Blob;
}

const MOST_FILE_BYTES = 2 ** 29;
const MOST_PICTURE_BYTES = 2 ** 26;
const MOST_CLASSES = 10_000;
const LABELS_FILE = 'labels.txt';
const HELD_OUT = ['validation', 'val', 'test'];

/**
 * Training and held-out pictures of a folder: MNIST's four IDX files or others named like them, with `labels.txt` where
 * classes have names; the files of CIFAR-10's binary version, as many batches as there are; or PNG and JPEG files in one
 * sub-folder a class, which may lie in `train` and `validation`, `val` or `test`; where they do not, every fifth
 * picture of each class is held out. Throws `invalid-file`, ModelFormatError naming the file and the bad row.
 */
export async function trainingSetsFrom(files: readonly FolderFile[]): Promise<TrainingSets> {
  const byName = new Map(files.map((entry) => [baseName(entry.path).replace(/\.gz$/, ''), entry]));
  const name = files[0]?.path.split('/')[0] ?? 'files';
  if (byName.has(IDX_FILE_NAMES.train[0])) {
    const pair = async ([images, labels]: readonly [string, string]): Promise<IdxPair> => ({
      images: await named(byName, images),
      labels: await named(byName, labels),
    });
    const [train, test] = [await pair(IDX_FILE_NAMES.train), await pair(IDX_FILE_NAMES.test)];
    const labels = byName.has(LABELS_FILE) ? await named(byName, LABELS_FILE) : undefined;
    const classNames = labels && parseLabels(new TextDecoder().decode(labels.bytes), labels.fileName);
    return idxTrainingSets(name, train, test, classNames);
  }
  const batches = CIFAR10_FILE_NAMES.train.filter((batch) => byName.has(batch));
  if (batches.length > 0) {
    const training = await Promise.all(batches.map(async (batch) => named(byName, batch)));
    const test = await named(byName, CIFAR10_FILE_NAMES.test[0]);
    return { training: cifar10DataSet(name, training), validation: cifar10DataSet(name, [test]) };
  }
  const classes = classesIn(files);
  const [trainPart] = classes.filter(({ part }) => part === 'train');
  const heldOut = HELD_OUT.find((part) => classes.some((entry) => entry.part === part));
  const of = (part: string | undefined) => classes.filter((entry) => entry.part === part);
  const { training, validation } =
    trainPart !== undefined && heldOut !== undefined
      ? { training: of('train'), validation: of(heldOut) }
      : splitClasses(mergedByName(classes));
  if (training.length < 2 || training.length > MOST_CLASSES) {
    throw new ConvscopeError('invalid-file', `${name} is no data set that can be trained on`, {
      got: `${files.length} files in ${training.length} folders of pictures`,
      wanted:
        "MNIST's four IDX files, CIFAR-10's binary files, or PNG and JPEG files in one sub-folder a class, two at least",
    });
  }
  const trainingSet = await pictureDataSet(name, training);
  const [, , height = 1, width = 1] = trainingSet.images.shape;
  return { training: trainingSet, validation: await pictureDataSet(name, validation, { height, width }) };
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

async function named(files: ReadonlyMap<string, FolderFile>, name: string) {
  const entry = files.get(name);
  if (entry === undefined) {
    throw new ConvscopeError('invalid-file', `${name} is missing`, { wanted: `${name} or ${name}.gz` });
  }
  return { fileName: baseName(entry.path), bytes: await readFile(entry.file, entry.path, MOST_FILE_BYTES) };
}

/** One entry for each folder that holds pictures; `part` is the folder above it where it is one of the known ones. */
function classesIn(files: readonly FolderFile[]): (PictureClass & { readonly part: string | undefined })[] {
  const folders = new Map<string, FolderFile[]>();
  for (const entry of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const isPicture = /\.(png|jpe?g)$/i.test(entry.path) && !baseName(entry.path).startsWith('.');
    const folder = entry.path.split('/').slice(0, -1).join('/');
    if (isPicture && folder !== '') addTo(folders, folder, entry);
  }
  return [...folders].map(([folder, entries]) => {
    const above = folder.split('/').at(-2)?.toLowerCase();
    return {
      name: baseName(folder),
      part: above === 'train' || HELD_OUT.includes(above ?? '') ? above : undefined,
      pictures: entries.map((entry) => async () => ({
        bytes: await readFile(entry.file, entry.path, MOST_PICTURE_BYTES),
        fileName: entry.path,
      })),
    };
  });
}

function mergedByName(classes: readonly PictureClass[]): PictureClass[] {
  const merged = new Map<string, PictureClass>();
  for (const { name, pictures } of classes) {
    merged.set(name, { name, pictures: [...(merged.get(name)?.pictures ?? []), ...pictures] });
  }
  return [...merged.values()];
}

function addTo(folders: Map<string, FolderFile[]>, folder: string, entry: FolderFile): void {
  const entries = folders.get(folder);
  if (entries === undefined) folders.set(folder, [entry]);
  else entries.push(entry);
}
