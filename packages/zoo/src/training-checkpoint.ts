import {
  ModelFormatError,
  parseStrictJson,
  readCheckpointWithState,
  writeCheckpoint,
  type Model,
} from '@convscope/formats';
import type { Evaluation, FitState, GpuDevice, TrainingReport } from '@convscope/gpu-engine';
import { ConvscopeError, type KernelChoices, type TensorData } from '@convscope/gpu-engine/graph';
import type { DataSet } from './data/data-set.ts';
import { Fields } from './fields.ts';
import { parseRecipe, type Recipe } from './recipe.ts';

/**
 * Where a training stands. Seed and step decide all random numbers and the place in the data: the order of an epoch's
 * pictures follows from the recipe's seed and the epoch, dropout from the seed and the step.
 */
export interface TrainingState extends FitState {
  /** As it is followed. */
  readonly recipe: Recipe;
  /** Name and fingerprint of the pictures for training. */
  readonly data: string;
  /** What computed so far. Another adapter goes on as well, but with bits of its own. */
  readonly adapter: string;
  /** The kernels that computed, by problem; none in checkpoints from before they were kept. */
  readonly kernels?: KernelChoices | undefined;
}

/** A network in the middle of its training, with all that it takes to go on. */
export interface TrainingCheckpoint {
  readonly model: Model;
  /** What the optimiser remembers. */
  readonly state: ReadonlyMap<string, TensorData>;
  readonly training: TrainingState;
}

/** One safetensors file, which is also the model's own file. */
export function writeTrainingCheckpoint({ model, state, training }: TrainingCheckpoint): Uint8Array {
  const { kernels, ...rest } = training;
  const whole = kernels === undefined ? rest : { ...rest, kernels: [...kernels] };
  return writeCheckpoint(model, { state, training: JSON.stringify(whole) });
}

/** Throws ModelFormatError, also for models that were kept without the state of their training. */
export function readTrainingCheckpoint(bytes: Uint8Array, fileName: string): TrainingCheckpoint {
  const { model, state, training } = readCheckpointWithState(bytes, fileName);
  if (training === undefined) {
    throw new ModelFormatError(fileName, 'a model without the state of its training', {
      wanted: 'a checkpoint that a training with --checkpoints wrote',
    });
  }
  const json = parseStrictJson(training, { file: fileName, field: 'training' });
  try {
    return { model, state, training: parseTrainingState(json) };
  } catch (thrown) {
    if (!(thrown instanceof ConvscopeError)) throw thrown;
    throw new ModelFormatError(fileName, thrown.message, { field: 'training' }, { cause: thrown });
  }
}

/** Throws `invalid-parameter` where recipe or data are not those that the checkpoint was made by. */
export function checkSameTraining({ training }: TrainingCheckpoint, recipe: Recipe, data: string): void {
  const pairs = [
    ['recipe', JSON.stringify(parseRecipe(training.recipe)), JSON.stringify(parseRecipe(recipe))],
    ['data', training.data, data],
  ] as const;
  for (const [what, wanted, got] of pairs) {
    if (got === wanted) continue;
    throw new ConvscopeError('invalid-parameter', `the ${what} is not that of the checkpoint`, { got, wanted });
  }
}

/** 64 bits over all pixels and labels (two FNV-1a hashes over words), and the count of pictures. */
export function fingerprintOf({ images, labels }: DataSet): string {
  let [low, high] = [0x811c9dc5, 0x01234567];
  for (const { buffer, byteOffset, length } of [images.data, labels.data]) {
    for (const word of new Int32Array(buffer, byteOffset, length)) {
      low = Math.imul(low ^ word, 0x01000193);
      high = Math.imul(high ^ (word >>> 7) ^ (word << 9), 0x01000193);
    }
  }
  const digits = [low, high].map((hash) => (hash >>> 0).toString(16).padStart(8, '0'));
  return `${labels.data.length}-${digits.join('')}`;
}

/** The adapter in words. */
export function adapterName({ adapter: { vendor, architecture, description } }: GpuDevice): string {
  return [vendor, architecture, description].filter((word) => word !== '').join(' ') || 'unknown adapter';
}

const FIELDS = ['step', 'losses', 'evaluations', 'recipe', 'data', 'adapter', 'kernels'] as const;
const MOST_KERNELS = 10_000;
const MOST_STEP = 1e9;

function parseTrainingState(value: unknown): TrainingState {
  const fields = new Fields(value, 'training', FIELDS);
  return {
    step: fields.integer('step', 0, MOST_STEP),
    ...curvesIn(fields, 'training'),
    recipe: parseRecipe(fields.get('recipe')),
    data: fields.text('data'),
    adapter: fields.text('adapter'),
    ...(fields.get('kernels') === undefined ? {} : { kernels: kernelsIn(fields) }),
  };
}

function kernelsIn(fields: Fields): KernelChoices {
  const pairs = fields.list('kernels');
  const isText = (text: unknown) => typeof text === 'string' && text.length <= 1000;
  const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2 && pair.every(isText);
  if (pairs.length > MOST_KERNELS || !pairs.every(isPair)) {
    throw fields.wrong('kernels', `at most ${MOST_KERNELS} pairs of texts`);
  }
  return new Map(pairs as [string, string][]);
}

/** What came of a training, from JSON that nobody has checked. Throws `invalid-parameter`, naming the field. */
export function parseTrainingReport(value: unknown, place: string): TrainingReport {
  return curvesIn(new Fields(value, place, ['losses', 'evaluations']), place);
}

function curvesIn(fields: Fields, place: string): TrainingReport {
  return {
    losses: fields.list('losses').map((entry) => {
      const loss = new Fields(entry, `${place}.losses`, ['step', 'loss']);
      return { step: loss.integer('step', 1, MOST_STEP), loss: loss.number('loss', -Infinity, Infinity) };
    }),
    evaluations: fields.list('evaluations').map((entry) => parseEvaluation(entry, place)),
  };
}

function parseEvaluation(value: unknown, place: string): Evaluation {
  const fields = new Fields(value, `${place}.evaluations`, ['loss', 'accuracy', 'count']);
  return {
    loss: fields.number('loss', -Infinity, Infinity),
    accuracy: fields.number('accuracy', 0, 1),
    count: fields.integer('count', 1, MOST_STEP),
  };
}
