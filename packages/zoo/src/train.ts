import type { Model, Preprocessing } from '@convscope/formats';
import {
  fit,
  isOptimizerState,
  Trainer,
  type CheckpointSchedule,
  type Evaluation,
  type GpuDevice,
  type TrainingControl,
  type TrainingProgress,
  type TrainingReport,
} from '@convscope/gpu-engine';
import { ConvscopeError, type Graph, type KernelChoices, type TensorData } from '@convscope/gpu-engine/graph';
import { architectureNamed, type ArchitectureSizes } from './architecture.ts';
import type { DataSet } from './data/data-set.ts';
import {
  checkTrainingSets,
  digitTrainingSets,
  firstOf,
  shapeTrainingSets,
  type TrainingSets,
} from './data/training-sets.ts';
import { adapterName, checkSameTraining, fingerprintOf, type TrainingCheckpoint } from './training-checkpoint.ts';
import { learningRateSchedule, type Recipe } from './recipe.ts';

export interface TrainRecipeOptions {
  readonly onProgress?: ((progress: TrainingProgress) => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Pauses, resumes or cancels the training, or asks for a checkpoint at once. */
  readonly control?: TrainingControl | undefined;
  /** Instead of the recipe's. */
  readonly epochs?: number | undefined;
  /** Instead of the recipe's. */
  readonly seed?: number | undefined;
  /** Steps between two readings of the loss. Default: 10. */
  readonly lossEvery?: number | undefined;
  /** Goes on from here, by the same recipe and on the same data: the result has the bits of a training never left. */
  readonly resume?: TrainingCheckpoint | undefined;
  /** When `onCheckpoint` is called. */
  readonly checkpoints?: CheckpointSchedule | undefined;
  /** Is waited for; the training stands still meanwhile. */
  readonly onCheckpoint?: ((checkpoint: TrainingCheckpoint) => void | Promise<void>) | undefined;
}

export interface TrainedModel {
  readonly model: Model;
  /** The recipe as it was followed, with other epochs and seed where they were given. */
  readonly recipe: Recipe;
  readonly report: TrainingReport;
  /** After the last epoch, on the validation set. */
  readonly evaluation: Evaluation;
}

/**
 * Trains a network by a recipe: on `sets` where they are given, else on drawings where the recipe says so.
 * Throws `invalid-parameter` where the recipe wants files and has none, or where it or the data are not those of the
 * checkpoint to go on from, `cancelled`, and what training throws.
 */
export async function trainRecipe(
  device: GpuDevice,
  recipe: Recipe,
  sets?: TrainingSets,
  options: TrainRecipeOptions = {},
): Promise<TrainedModel> {
  const { onProgress, signal, control, lossEvery, resume, checkpoints, onCheckpoint } = options;
  const followed = { ...recipe, epochs: options.epochs ?? recipe.epochs, seed: options.seed ?? recipe.seed };
  const { training, validation } = setsFor(followed, sets);
  const isKept = resume !== undefined || onCheckpoint !== undefined;
  const data = isKept ? `${training.name} ${fingerprintOf(training)}` : training.name;
  if (resume !== undefined) checkSameTraining(resume, followed, data);
  const { trainer, inference } = await trainerFor(device, followed, training, resume);
  const modelNow = async (evaluation: Evaluation | undefined): Promise<Model> =>
    trainedModel(followed, inference, await trainer.read(), training, evaluation);
  try {
    const report = await fit(trainer, {
      data: training,
      validation,
      epochs: followed.epochs,
      learningRate: learningRateSchedule(followed),
      earlyStop: followed.earlyStop,
      seed: followed.seed,
      from: resume?.training,
      checkpoints,
      onCheckpoint: async (state) => {
        const all = await trainer.readAll();
        await onCheckpoint?.({
          model: await modelNow(state.evaluations.at(-1)),
          state: new Map([...all].filter(([name]) => isOptimizerState(name))),
          training: { ...state, recipe: followed, data, adapter: adapterName(device), kernels: trainer.choices },
        });
      },
      onProgress,
      signal,
      control,
      ...(lossEvery === undefined ? {} : { lossEvery }),
    });
    const evaluation = report.evaluations.at(-1) as Evaluation;
    return { model: await modelNow(evaluation), recipe: followed, report, evaluation };
  } finally {
    trainer.dispose();
  }
}

/** A recipe's network, ready to be trained on pictures of the kind of `data`. The caller disposes of the trainer. */
export async function trainerFor(
  device: GpuDevice,
  recipe: Recipe,
  data: DataSet,
  resume?: TrainingCheckpoint,
): Promise<{ readonly trainer: Trainer; readonly inference: Graph }> {
  const { build } = architectureNamed(recipe.architecture);
  const [, channels = 1, height = 1, width = 1] = data.images.shape;
  const sizes: Omit<ArchitectureSizes, 'mode' | 'batch'> = { channels, height, width, classes: data.classNames.length };
  const inference = build({ ...sizes, mode: 'inference', batch: 'N' });
  const { optimizer, seed, batch, augmentation } = recipe;
  const training = build({ ...sizes, mode: 'training', batch });
  const from =
    resume === undefined
      ? {}
      : {
          parameters: new Map([...resume.model.parameters, ...resume.state]),
          steps: resume.training.step,
          choices: choicesFor(device, resume),
        };
  const trainer = await Trainer.create(device, { training, inference, optimizer, seed, augmentation, ...from });
  const lacking = trainer.parameters.names.find((name) => from.parameters?.has(name) === false);
  if (lacking === undefined) return { trainer, inference };
  trainer.dispose();
  throw new ConvscopeError('invalid-parameter', 'the checkpoint lacks what the training goes on from', {
    got: `nothing for ${lacking}`,
  });
}

/** The kernels of the checkpoint: on another adapter its bits cannot come again, and others may be faster. */
function choicesFor(device: GpuDevice, { training: { adapter, kernels } }: TrainingCheckpoint): KernelChoices {
  return adapter === adapterName(device) && kernels !== undefined ? kernels : new Map();
}

/** What stands in the model's notes: the recipe, the data and the result, so that the training can be repeated. */
function trainedModel(
  recipe: Recipe,
  graph: Graph,
  parameters: ReadonlyMap<string, TensorData>,
  data: DataSet,
  evaluation: Evaluation | undefined,
): Model {
  return {
    name: recipe.name,
    graph,
    parameters,
    input: 'x',
    logits: 'logits',
    preprocessing: preprocessingFor(data),
    labels: data.classNames,
    notes: new Map([
      ['recipe', JSON.stringify(recipe)],
      ['data', data.name],
      ...(evaluation === undefined ? [] : [['validation accuracy', accuracyText(evaluation)] as const]),
    ]),
  };
}

function accuracyText({ accuracy, count }: Evaluation): string {
  return `${(100 * accuracy).toFixed(2)} % of ${count}`;
}

/** Samples of 0 to 255 become 0 to 1, as the pictures of a data set are; light ink on black ground. */
function preprocessingFor({ images }: DataSet): Preprocessing {
  const [, channels = 1, height = 1, width = 1] = images.shape;
  if (channels !== 1 && channels !== 3) {
    throw new ConvscopeError('invalid-parameter', 'pictures have one channel or three', { got: String(channels) });
  }
  return {
    channels,
    height,
    width,
    mean: Array.from({ length: channels }, () => 0),
    standardDeviation: Array.from({ length: channels }, () => 1),
    scale: 1 / 255,
    order: 'rgb',
    resize: 'contain',
    background: [0, 0, 0],
  };
}

function setsFor(
  { name, data, trainingCount, validationCount }: Recipe,
  given: TrainingSets | undefined,
): TrainingSets {
  if (given !== undefined) {
    checkTrainingSets(given);
    return {
      training: firstOf(given.training, trainingCount),
      validation: firstOf(given.validation, validationCount),
    };
  }
  if (data === 'digits') return digitTrainingSets(trainingCount, validationCount);
  if (data === 'shapes') return shapeTrainingSets(trainingCount, validationCount);
  throw new ConvscopeError('invalid-parameter', `the recipe ${name} needs data from files`, {
    got: 'none',
    wanted: 'a training and a validation set, such as those of MNIST',
  });
}
