import { readFileSync, realpathSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import {
  inspectOnnx,
  parseLabels,
  presetNames,
  readCheckpoint,
  readOnnx,
  withLabels,
  withPreprocessing,
  type ExternalData,
  type Model,
  type OnnxReport,
} from '@convscope/formats';
import { modelNames } from '@convscope/zoo';
import { loadModel as loadZooModel } from '@convscope/zoo/node';
import { invalid } from './arguments.ts';
import { isMissing } from './file-errors.ts';
import { nearest } from './nearest.ts';
import { MOST_BYTES, readUserFile } from './read-file.ts';

/** The flags that name a model and say how pictures and classes are to be read where its file does not. */
export const modelFlags = {
  model: {
    type: 'text',
    placeholder: 'M',
    required: true,
    description: `a model of the zoo (${modelNames.join(', ')}), a checkpoint file, or an .onnx file`,
  },
  preprocess: {
    type: 'choice',
    placeholder: 'NAME',
    choices: presetNames,
    description: 'how pictures become the input, instead of what the model says or what is guessed',
  },
  labels: { type: 'text', placeholder: 'FILE', description: 'names of the classes, one a line' },
} as const;

interface ModelChoice {
  readonly model: string;
  readonly preprocess?: string | undefined;
  readonly labels?: string | undefined;
}

/** A model by its name in the zoo, or from a file (`./digits` where a file is named like a model). */
export async function loadModel({ model, preprocess, labels }: ModelChoice, signal: AbortSignal): Promise<Model> {
  let loaded = await readModel(model, signal);
  if (preprocess !== undefined) loaded = withPreprocessing(loaded, preprocess);
  if (labels === undefined) return loaded;
  const text = new TextDecoder().decode(await readUserFile(labels, signal));
  return withLabels(loaded, parseLabels(text, labels));
}

async function readModel(nameOrPath: string, signal: AbortSignal): Promise<Model> {
  if (modelNames.includes(nameOrPath)) return loadZooModel(nameOrPath);
  const missing = await stat(nameOrPath).then(() => false, isMissing);
  if (!missing) {
    const bytes = await readUserFile(nameOrPath, signal);
    if (!/\.onnx$/i.test(nameOrPath)) return readCheckpoint(bytes, nameOrPath);
    return readOnnx(bytes, nameOrPath, { externalData: besideModel(nameOrPath) });
  }
  const near = nearest(nameOrPath, modelNames);
  throw invalid(
    '--model',
    `neither a model of the zoo nor a file${near === undefined ? '' : `, did you mean ${near}?`}`,
    { got: JSON.stringify(nameOrPath), wanted: `${modelNames.join(', ')}, or the path of a checkpoint or .onnx file` },
  );
}

/** What is in an .onnx file whether it can be run or not; undefined where the file is another kind or broken. */
export async function onnxReport(path: string, signal: AbortSignal): Promise<OnnxReport | undefined> {
  if (!/\.onnx$/i.test(path)) return undefined;
  try {
    return inspectOnnx(await readUserFile(path, signal), path, { externalData: besideModel(path) });
  } catch {
    // Reading the model has said already what is wrong with it.
    return undefined;
  }
}

/** Files in the model's own folder, links out of it not followed; each is read once. */
function besideModel(path: string): ExternalData {
  const read = new Map<string, Uint8Array | undefined>();
  return (location) => {
    if (!read.has(location)) read.set(location, readBeside(path, location));
    return read.get(location);
  };
}

function readBeside(path: string, location: string): Uint8Array | undefined {
  try {
    const file = pathBeside(path, location);
    return file === undefined ? undefined : new Uint8Array(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** The path of a file in the model's own folder; undefined where there is none, or it is too large. */
function pathBeside(path: string, location: string): string | undefined {
  try {
    const folder = realpathSync(dirname(path));
    const file = realpathSync(join(folder, location));
    const entry = statSync(file);
    return file.startsWith(folder + sep) && entry.isFile() && entry.size <= MOST_BYTES ? file : undefined;
  } catch {
    return undefined;
  }
}

/** The files of weights that an .onnx file names and that are there: paths by their place in the model's folder. */
export async function weightFilesOf(path: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (!/\.onnx$/i.test(path)) return found;
  const bytes = await readUserFile(path, signal);
  const externalData: ExternalData = (location) => {
    const file = pathBeside(path, location);
    if (file !== undefined) found.set(location, file);
    return file === undefined ? undefined : readBeside(path, location);
  };
  try {
    inspectOnnx(bytes, path, { externalData });
  } catch {
    // The page says what is wrong with the model.
  }
  return found;
}
