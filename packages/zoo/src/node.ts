import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Model } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { idxDataSet, IDX_FILE_NAMES } from './data/idx-folder.ts';
import type { DataSet } from './data/data-set.ts';
import type { TrainingSets } from './data/training-sets.ts';
import { loadModel as loadModelWith } from './models.ts';

/** A trained model of this package, from the disk. Throws `unknown-name`. */
export async function loadModel(name: string): Promise<Model> {
  return loadModelWith(name, async (address) => new Uint8Array(await readFile(address)));
}

/**
 * Training and test set from a folder that holds MNIST's four files, or others named like them, gzipped or not.
 * Throws `invalid-file` naming the file that is missing, ModelFormatError for one that cannot be read.
 */
export async function readIdxFolder(folder: string): Promise<TrainingSets> {
  const name = basename(folder);
  return {
    training: await readIdxPair(folder, IDX_FILE_NAMES.train, name),
    validation: await readIdxPair(folder, IDX_FILE_NAMES.test, name),
  };
}

async function readIdxPair(
  folder: string,
  [images, labels]: readonly [string, string],
  name: string,
): Promise<DataSet> {
  return idxDataSet({ name, images: await readEither(folder, images), labels: await readEither(folder, labels) });
}

async function readEither(folder: string, name: string): Promise<{ bytes: Uint8Array; fileName: string }> {
  for (const fileName of [name, `${name}.gz`]) {
    try {
      return { bytes: new Uint8Array(await readFile(join(folder, fileName))), fileName };
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    }
  }
  throw new ConvscopeError('invalid-file', `${join(folder, name)} is missing`, { wanted: `${name} or ${name}.gz` });
}
