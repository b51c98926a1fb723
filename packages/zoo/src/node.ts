import { readFile } from 'node:fs/promises';
import type { Model } from '@convscope/formats';
import { loadModel as loadModelWith } from './models.ts';

export { readCifar10Folder, readIdxFolder, readPictureFolder } from './read-folders.ts';

/** A trained model of this package, from the disk. Throws `unknown-name`. */
export async function loadModel(name: string): Promise<Model> {
  return loadModelWith(name, async (address) => new Uint8Array(await readFile(address)));
}
