import type { Augmentation, EarlyStop, LearningRateSchedule, Optimizer } from '@convscope/gpu-engine';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { architectureNames } from './architecture.ts';
import { Fields } from './fields.ts';
import { recipes } from './recipes/index.gen.ts';

/** All that decides a training, as data. Recipe, data and adapter together decide every bit of the result. */
export interface Recipe {
  readonly name: string;
  /** Name of an architecture. */
  readonly architecture: string;
  /** `digits` and `shapes` are drawn as the recipe says; `files` must be given to the training. */
  readonly data: 'digits' | 'shapes' | 'files';
  /** Pictures to train on; where the data has fewer, all of them. */
  readonly trainingCount: number;
  /** Pictures to judge by after each epoch; where the data has fewer, all of them. */
  readonly validationCount: number;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  /** The rate falls evenly to this one. Default: it stays. */
  readonly finalLearningRate?: number;
  /** Another way for the rate to change: down along half a cosine to `final`, or by `factor` every so many epochs. */
  readonly schedule?:
    | { readonly kind: 'cosine'; readonly final: number }
    | { readonly kind: 'step'; readonly factor: number; readonly every: number };
  /** Ends the training before its last epoch. Default: it does not. */
  readonly earlyStop?: EarlyStop;
  /** Moves the training pictures at random, on the GPU. Default: they stay as they are. */
  readonly augmentation?: Augmentation;
  readonly batch: number;
  readonly epochs: number;
  /** Decides fresh weights, the pictures' order and dropout. */
  readonly seed: number;
}

export const recipeNames: readonly string[] = /* @__PURE__ */ Object.values(recipes).map(({ name }) => name);

/** The built-in recipe of this name. Throws `unknown-name`. */
export function recipeNamed(name: string): Recipe {
  const found = Object.values<Recipe>(recipes).find((recipe) => recipe.name === name);
  if (found !== undefined) return found;
  throw new ConvscopeError('unknown-name', 'no such recipe', {
    got: JSON.stringify(name),
    wanted: recipeNames.join(', '),
  });
}

/** Checks data from a JSON file. Throws `invalid-parameter`, naming the field. */
export function parseRecipe(value: unknown): Recipe {
  const fields = new Fields(value, 'recipe', [...REQUIRED, ...OPTIONAL]);
  const final = fields.get('finalLearningRate');
  const schedule = fields.get('schedule');
  const earlyStop = fields.get('earlyStop');
  const augmentation = fields.get('augmentation');
  if (final !== undefined && schedule !== undefined) throw fields.wrong('schedule', 'it or finalLearningRate alone');
  return {
    name: fields.name('name'),
    architecture: fields.oneOf('architecture', architectureNames),
    data: fields.oneOf('data', ['digits', 'shapes', 'files']),
    trainingCount: fields.integer('trainingCount', 1, 10_000_000),
    validationCount: fields.integer('validationCount', 1, 10_000_000),
    optimizer: parseOptimizer(fields.get('optimizer')),
    learningRate: fields.number('learningRate', 0, 1000),
    ...(final === undefined ? {} : { finalLearningRate: fields.number('finalLearningRate', 0, 1000) }),
    ...(schedule === undefined ? {} : { schedule: parseSchedule(schedule) }),
    ...(earlyStop === undefined ? {} : { earlyStop: parseEarlyStop(earlyStop) }),
    ...(augmentation === undefined ? {} : { augmentation: parseAugmentation(augmentation) }),
    batch: fields.integer('batch', 1, 65_536),
    epochs: fields.integer('epochs', 1, 100_000),
    seed: fields.integer('seed', 0, 2 ** 31 - 1),
  };
}

/** How the recipe's learning rate changes. */
export function learningRateSchedule({ learningRate, finalLearningRate, schedule }: Recipe): LearningRateSchedule {
  if (schedule !== undefined) return { ...schedule, learningRate };
  if (finalLearningRate !== undefined) return { kind: 'linear', learningRate, final: finalLearningRate };
  return { kind: 'constant', learningRate };
}

const OPTIONAL = ['finalLearningRate', 'schedule', 'earlyStop', 'augmentation'] as const;

const REQUIRED = [
  'name',
  'architecture',
  'data',
  'trainingCount',
  'validationCount',
  'optimizer',
  'learningRate',
  'batch',
  'epochs',
  'seed',
] as const;

const OPTIMIZER_FIELDS = {
  sgd: ['momentum', 'weightDecay'],
  adam: ['beta1', 'beta2', 'epsilon', 'weightDecay'],
} as const;

function parseSchedule(value: unknown): NonNullable<Recipe['schedule']> {
  const place = 'recipe.schedule';
  const kind = new Fields(value, place, ['kind', 'final', 'factor', 'every']).oneOf('kind', ['cosine', 'step']);
  if (kind === 'cosine') return { kind, final: new Fields(value, place, ['kind', 'final']).number('final', 0, 1000) };
  const fields = new Fields(value, place, ['kind', 'factor', 'every']);
  return { kind, factor: fields.number('factor', 0, 10), every: fields.integer('every', 1, 100_000) };
}

function parseEarlyStop(value: unknown): EarlyStop {
  const fields = new Fields(value, 'recipe.earlyStop', ['patience', 'minimumImprovement']);
  const patience = fields.integer('patience', 1, 100_000);
  if (fields.get('minimumImprovement') === undefined) return { patience };
  return { patience, minimumImprovement: fields.number('minimumImprovement', 0, 1000) };
}

function parseAugmentation(value: unknown): Augmentation {
  const limits = { shift: 1, rotation: 180, scale: 0.9 } as const;
  const names = Object.keys(limits) as (keyof typeof limits)[];
  const fields = new Fields(value, 'recipe.augmentation', names);
  const given = names.filter((name) => fields.get(name) !== undefined);
  return Object.fromEntries(given.map((name) => [name, fields.number(name, 0, limits[name])]));
}

function parseOptimizer(value: unknown): Optimizer {
  const known = ['kind', 'nesterov', ...OPTIMIZER_FIELDS.sgd, ...OPTIMIZER_FIELDS.adam];
  const kind = new Fields(value, 'recipe.optimizer', known).oneOf('kind', ['sgd', 'adam']);
  const names: readonly string[] = OPTIMIZER_FIELDS[kind];
  const fields = new Fields(value, 'recipe.optimizer', ['kind', ...names, ...(kind === 'sgd' ? ['nesterov'] : [])]);
  const given = names.filter((name) => fields.get(name) !== undefined);
  const numbers = Object.fromEntries(given.map((name) => [name, fields.number(name, 0, 1)]));
  if (kind === 'adam') return { kind, ...numbers };
  const nesterov = fields.get('nesterov');
  if (nesterov === undefined) return { kind, ...numbers };
  if (typeof nesterov !== 'boolean') throw fields.wrong('nesterov', 'true or false');
  return { kind, ...numbers, nesterov };
}
