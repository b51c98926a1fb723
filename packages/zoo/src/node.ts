import { readFile } from 'node:fs/promises';
import type { Model } from '@convscope/formats';
import { loadCheckpoints as loadCheckpointsWith, type ModelCheckpoints } from './model-checkpoints.ts';
import { loadModel as loadModelWith } from './models.ts';

export { readCifar10Folder, readIdxFolder, readPictureFolder } from './read-folders.ts';

/** A trained model of this package, from the disk. Throws `unknown-name`. */
export async function loadModel(name: string): Promise<Model> {
  return loadModelWith(name, readBytes);
}

/** A trained model of this package with checkpoints of its training, from the disk. Throws `unknown-name`. */
export async function loadCheckpoints(name: string): Promise<ModelCheckpoints> {
  return loadCheckpointsWith(name, readBytes);
}

async function readBytes(address: URL): Promise<Uint8Array> {
  return new Uint8Array(await readFile(address));
}
