import { ModelFormatError, openIdx, type IdxArray } from '@convscope/formats';
import { float32Tensor, int32Tensor } from '@convscope/gpu-engine/graph';
import type { NamedBytes } from './cifar10.ts';
import type { DataSet } from './data-set.ts';
import { classNamesOf } from './fashion-mnist.ts';
import type { TrainingSets } from './training-sets.ts';

/** A pair of IDX files, gzipped or not, as MNIST and its successors come. */
export interface IdxPair {
  readonly images: NamedBytes;
  readonly labels: NamedBytes;
}

export interface IdxSource extends IdxPair {
  readonly name: string;
  /** By class number. Default: the numbers themselves, from 0 to the largest label. */
  readonly classNames?: readonly string[];
}

/**
 * A data set from its two IDX files: N x H x W bytes (grey pictures) and N bytes (labels). Throws ModelFormatError,
 * naming the file and the first wrong row.
 *
 * @returns images N x 1 x H x W, divided by 255.
 */
export function idxDataSet({ name, images, labels, classNames }: IdxSource): DataSet {
  const pictures = openIdx(images.bytes, images.fileName);
  const classes = openIdx(labels.bytes, labels.fileName);
  expectBytes(pictures, 3, images.fileName, 'pictures: N x height x width bytes');
  expectBytes(classes, 1, labels.fileName, 'labels: N bytes');
  const [count = 0, height = 0, width = 0] = pictures.shape;
  if (count === 0 || height === 0 || width === 0) {
    throw new ModelFormatError(images.fileName, 'there are no pictures', { got: pictures.shape.join('x') });
  }
  if (classes.shape[0] !== count) {
    throw new ModelFormatError(labels.fileName, `not as many labels as pictures in ${images.fileName}`, {
      got: classes.shape[0] ?? 0,
      wanted: count,
    });
  }
  const largest = classes.bytes.reduce((most, label) => Math.max(most, label), 0);
  const names = classNames ?? Array.from({ length: largest + 1 }, (_, label) => String(label));
  const wrongRow = classes.bytes.findIndex((label) => label >= names.length);
  if (wrongRow >= 0) {
    throw new ModelFormatError(labels.fileName, 'the label names no class', {
      field: `row ${wrongRow}`,
      got: classes.bytes[wrongRow] ?? 0,
      wanted: `0 to ${names.length - 1}`,
    });
  }
  const values = new Float32Array(pictures.bytes.length);
  for (let index = 0; index < values.length; index++) values[index] = (pictures.bytes[index] ?? 0) / 255;
  return {
    name,
    images: float32Tensor([count, 1, height, width], values),
    labels: int32Tensor([count], new Int32Array(classes.bytes)),
    classNames: names,
  };
}

/**
 * Training and test set of a folder. Classes are called as given, else as the folder's name tells (Fashion-MNIST), else
 * by number. Throws as `idxDataSet`.
 */
export function idxTrainingSets(
  name: string,
  train: IdxPair,
  test: IdxPair,
  classNames: readonly string[] | undefined = classNamesOf(name),
): TrainingSets {
  const training = idxDataSet({ name, ...train, ...(classNames === undefined ? {} : { classNames }) });
  // A small test set may lack the last class.
  return { training, validation: idxDataSet({ name, ...test, classNames: training.classNames }) };
}

function expectBytes({ kind, shape }: IdxArray, dimensions: number, file: string, wanted: string): void {
  if (kind !== 'uint8' || shape.length !== dimensions) {
    throw new ModelFormatError(file, 'not the kind of IDX file that belongs here', {
      got: `${kind} ${shape.join('x')}`,
      wanted,
    });
  }
}

/** The names that MNIST's files, and those made like them, carry; `.gz` may follow. Each row: images, labels. */
export const IDX_FILE_NAMES = {
  train: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  test: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
} as const;
