import { stat } from 'node:fs/promises';
import { readCheckpoint, type Model } from '@convscope/formats';
import { modelNames } from '@convscope/zoo';
import { loadModel as loadZooModel } from '@convscope/zoo/node';
import { invalid } from './arguments.ts';
import { isMissing } from './file-errors.ts';
import { nearest } from './nearest.ts';
import { readUserFile } from './read-file.ts';

export const modelFlag = {
  type: 'text',
  placeholder: 'M',
  required: true,
  description: `a model of the zoo (${modelNames.join(', ')}) or a checkpoint file`,
} as const;

/** A model by its name in the zoo, or from a checkpoint file (`./digits` where a file is named like a model). */
export async function loadModel(nameOrPath: string, signal: AbortSignal): Promise<Model> {
  if (modelNames.includes(nameOrPath)) return loadZooModel(nameOrPath);
  const missing = await stat(nameOrPath).then(() => false, isMissing);
  if (!missing) return readCheckpoint(await readUserFile(nameOrPath, signal), nameOrPath);
  const near = nearest(nameOrPath, modelNames);
  throw invalid(
    '--model',
    `neither a model of the zoo nor a file${near === undefined ? '' : `, did you mean ${near}?`}`,
    { got: JSON.stringify(nameOrPath), wanted: `${modelNames.join(', ')}, or the path of a checkpoint file` },
  );
}
