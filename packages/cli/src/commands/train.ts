import { join } from 'node:path';
import { parseLabels, parseStrictJson, writeCheckpoint } from '@convscope/formats';
import { parseCheckpointSchedule, type CheckpointSchedule, type TrainingProgress } from '@convscope/gpu-engine';
import { ConvscopeError, throwIfCancelled } from '@convscope/gpu-engine/graph';
import {
  adapterName,
  parseRecipe,
  readTrainingCheckpoint,
  recipeNamed,
  recipeNames,
  trainRecipe,
  writeTrainingCheckpoint,
  type Recipe,
  type TrainedModel,
  type TrainingCheckpoint,
} from '@convscope/zoo';
import { invalid } from '../arguments.ts';
import { CHECKPOINT_FOLDER, checkpointName, removeLeftovers, writeSafely } from '../checkpoint-files.ts';
import { defineCommand } from '../command.ts';
import { Interruption } from '../interruption.ts';
import { dataFlag, loadTrainingData } from '../load-training-data.ts';
import { nearest } from '../nearest.ts';
import { checkedOutputFolder, writeFiles } from '../output.ts';
import { Progress } from '../progress.ts';
import { readUserFile } from '../read-file.ts';
import { printable } from '../text.ts';
import { closeDevice } from '../with-session.ts';

export const train = defineCommand({
  name: 'train',
  summary: 'trains a network by a recipe',
  computes: true,
  flags: {
    data: dataFlag,
    recipe: {
      type: 'text',
      placeholder: 'NAME|FILE',
      description: `a recipe of the zoo (${recipeNames.join(', ')}) or a .json file`,
    },
    labels: {
      type: 'text',
      placeholder: 'FILE',
      description: "names of the classes of idx:DIR, one a line; Fashion-MNIST's where the folder is named after it",
    },
    epochs: { type: 'integer', min: 1, max: 100_000, description: "instead of the recipe's" },
    seed: { type: 'integer', min: 0, max: 2 ** 31 - 1, description: "instead of the recipe's" },
    checkpoints: {
      type: 'text',
      placeholder: 'SCHEDULE',
      description: 'when to keep the training, such as "steps 0, 10, 30, 100, then every epoch"',
    },
    'display-only': {
      type: 'switch',
      description: 'checkpoints are weights alone in half precision, to look at: nothing goes on from them',
    },
    resume: { type: 'text', placeholder: 'FILE', description: 'goes on from a checkpoint, by its recipe' },
    out: { type: 'text', placeholder: 'DIR', required: true, description: 'gets model.safetensors and report.json' },
  },
  details: [
    'A schedule is a list of numbers of steps, …, every N steps, every N epochs, apart by commas. Checkpoints lie in',
    'DIR/checkpoints; each is a whole model too. A line on stdout says that one is safe on the disk. A resumed training',
    'ends with the same bits, on the same adapter, as one that was never left.',
  ],
  run: async ({ flags }, { stdout, stderr, signal, requestDevice }) => {
    const folder = await checkedOutputFolder('--out', flags.out);
    const { recipe, resume } = await whatToTrain(flags, signal);
    const schedule = flags.checkpoints;
    const checkpoints = schedule === undefined ? undefined : parseSchedule(schedule);
    const sets = await loadTrainingData(flags.data, recipe, await classNames(flags, resume, signal));
    throwIfCancelled(signal);
    const progress = new Progress(stderr, 'train');
    const kept = join(folder, CHECKPOINT_FOLDER);
    if (checkpoints !== undefined) await removeLeftovers(kept);
    const device = await requestDevice();
    if (resume !== undefined && resume.training.adapter !== adapterName(device)) {
      progress.line(`note: so far on ${printable(resume.training.adapter)}; on this adapter the bits will differ`);
    }
    let last = flags.resume;
    const onCheckpoint = async (checkpoint: TrainingCheckpoint): Promise<void> => {
      const path = join(kept, checkpointName(checkpoint.training.step));
      const isDisplay = flags['display-only'];
      await writeSafely(
        path,
        isDisplay ? writeCheckpoint(checkpoint.model, { floatType: 'F16' }) : writeTrainingCheckpoint(checkpoint),
      );
      if (!isDisplay) last = path;
      stdout.write(`checkpoint ${checkpoint.training.step} ${printable(path)}\n`);
    };
    const options = {
      epochs: flags.epochs,
      seed: flags.seed,
      signal,
      resume,
      checkpoints,
      onProgress: (event: TrainingProgress) => show(progress, event),
      ...(checkpoints === undefined ? {} : { onCheckpoint }),
    };
    let trained: TrainedModel;
    try {
      trained = await trainRecipe(device, recipe, sets, options);
    } catch (thrown) {
      if (signal.aborted && last !== undefined) throw new Interruption(`go on with --resume ${last}`);
      throw thrown;
    } finally {
      progress.end();
      await closeDevice(device);
    }
    const modelPath = join(folder, 'model.safetensors');
    const files = new Map([
      [modelPath, writeCheckpoint(trained.model)],
      [join(folder, 'report.json'), new TextEncoder().encode(reportText(trained, flags.data))],
    ]);
    await writeFiles(files, signal, folder);
    const { accuracy, count } = trained.evaluation;
    stdout.write(`${printable(modelPath)}\n`);
    stdout.write(`held-out accuracy ${(100 * accuracy).toFixed(2)} % of ${count}\n`);
  },
});

interface Start {
  readonly recipe: Recipe;
  readonly resume: TrainingCheckpoint | undefined;
}

/** Either a recipe or a checkpoint, which brings its own. Throws `invalid-parameter`, naming the flag. */
async function whatToTrain(
  flags: Readonly<Record<'recipe' | 'resume', string | undefined>> &
    Readonly<Record<'epochs' | 'seed', number | undefined>>,
  signal: AbortSignal,
): Promise<Start> {
  const { recipe, resume: path } = flags;
  if (path === undefined) {
    if (recipe !== undefined) return { recipe: await loadRecipe(recipe, signal), resume: undefined };
    throw invalid('--recipe', 'the flag is missing', {
      wanted: `${recipeNames.join(', ')}, a .json file, or --resume`,
    });
  }
  const surplus = (['recipe', 'epochs', 'seed'] as const).find((name) => flags[name] !== undefined);
  if (surplus !== undefined) throw invalid(`--${surplus}`, 'the checkpoint of --resume has its own');
  const resume = readTrainingCheckpoint(await readUserFile(path, signal), path);
  return { recipe: resume.training.recipe, resume };
}

/** Of IDX files, which have none: those given, else those of the training that goes on. */
async function classNames(
  { data, labels }: { readonly data: string; readonly labels: string | undefined },
  resume: TrainingCheckpoint | undefined,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  if (labels === undefined) return resume?.model.labels;
  if (!data.startsWith('idx:')) throw invalid('--labels', 'only IDX files have no class names', { got: data });
  return parseLabels(new TextDecoder().decode(await readUserFile(labels, signal)), labels);
}

function parseSchedule(text: string): CheckpointSchedule {
  try {
    return parseCheckpointSchedule(text);
  } catch (thrown) {
    if (!(thrown instanceof ConvscopeError)) throw thrown;
    throw new ConvscopeError(thrown.code, `--checkpoints: ${thrown.message}`, {}, { cause: thrown });
  }
}

/** The recipe of this name, or from a JSON file. Throws `invalid-parameter` or ModelFormatError. */
async function loadRecipe(nameOrPath: string, signal: AbortSignal): Promise<Recipe> {
  if (recipeNames.includes(nameOrPath)) return recipeNamed(nameOrPath);
  if (!nameOrPath.toLowerCase().endsWith('.json')) {
    const near = nearest(nameOrPath, recipeNames);
    throw invalid('--recipe', `no such recipe${near === undefined ? '' : `, did you mean ${near}?`}`, {
      got: JSON.stringify(nameOrPath),
      wanted: `${recipeNames.join(', ')}, or the path of a .json file`,
    });
  }
  const text = new TextDecoder().decode(await readUserFile(nameOrPath, signal));
  const json = parseStrictJson(text, { file: nameOrPath, field: 'recipe' });
  try {
    return parseRecipe(json);
  } catch (thrown) {
    if (!(thrown instanceof ConvscopeError)) throw thrown;
    throw new ConvscopeError(thrown.code, `${nameOrPath}: ${thrown.message}`, {}, { cause: thrown });
  }
}

function show(progress: Progress, event: TrainingProgress): void {
  const { step, steps, epoch, epochs } = event;
  const place = `epoch ${epoch} of ${epochs}`;
  if (event.kind === 'step') {
    progress.update(step / steps, `${place}, loss ${event.loss.toFixed(4)}`);
  } else if (event.evaluation !== undefined) {
    const { accuracy, loss } = event.evaluation;
    progress.line(`${place}: held-out accuracy ${(100 * accuracy).toFixed(2)} %, loss ${loss.toFixed(4)}`);
  }
}

function reportText({ recipe, report, evaluation }: TrainedModel, data: string): string {
  return `${JSON.stringify({ data, recipe, evaluation, ...report }, undefined, 2)}\n`;
}
