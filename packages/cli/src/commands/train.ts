import { join } from 'node:path';
import { parseStrictJson, writeCheckpoint } from '@convscope/formats';
import type { TrainingProgress } from '@convscope/gpu-engine';
import { ConvscopeError, throwIfCancelled } from '@convscope/gpu-engine/graph';
import { parseRecipe, recipeNamed, recipeNames, trainRecipe, type Recipe, type TrainedModel } from '@convscope/zoo';
import { invalid } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { dataFlag, loadTrainingData } from '../load-training-data.ts';
import { nearest } from '../nearest.ts';
import { checkedOutputFolder, writeFiles } from '../output.ts';
import { Progress } from '../progress.ts';
import { readUserFile } from '../read-file.ts';
import { printable } from '../text.ts';

export const train = defineCommand({
  name: 'train',
  summary: 'trains a network by a recipe',
  flags: {
    data: dataFlag,
    recipe: {
      type: 'text',
      placeholder: 'NAME|FILE',
      required: true,
      description: `a recipe of the zoo (${recipeNames.join(', ')}) or a .json file`,
    },
    epochs: { type: 'integer', min: 1, max: 100_000, description: "instead of the recipe's" },
    seed: { type: 'integer', min: 0, max: 2 ** 31 - 1, description: "instead of the recipe's" },
    out: { type: 'text', placeholder: 'DIR', required: true, description: 'gets model.safetensors and report.json' },
  },
  run: async ({ flags }, { stdout, stderr, signal, requestDevice }) => {
    const folder = await checkedOutputFolder('--out', flags.out);
    const recipe = await loadRecipe(flags.recipe, signal);
    const sets = await loadTrainingData(flags.data, recipe);
    throwIfCancelled(signal);
    const progress = new Progress(stderr, 'train');
    const device = await requestDevice();
    const { epochs, seed } = flags;
    const onProgress = (event: TrainingProgress) => show(progress, event);
    const trained = await trainRecipe(device, recipe, sets, { epochs, seed, signal, onProgress }).finally(() => {
      progress.end();
      device.dispose();
    });
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
