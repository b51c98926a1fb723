import type { Optimizer } from '@convscope/gpu-engine';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { architectureNames } from './architecture.ts';
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
  const fields = new Fields(value, 'recipe', [...REQUIRED, 'finalLearningRate']);
  const final = fields.get('finalLearningRate');
  return {
    name: fields.name('name'),
    architecture: fields.oneOf('architecture', architectureNames),
    data: fields.oneOf('data', ['digits', 'shapes', 'files']),
    trainingCount: fields.integer('trainingCount', 1, 10_000_000),
    validationCount: fields.integer('validationCount', 1, 10_000_000),
    optimizer: parseOptimizer(fields.get('optimizer')),
    learningRate: fields.number('learningRate', 0, 1000),
    ...(final === undefined ? {} : { finalLearningRate: fields.number('finalLearningRate', 0, 1000) }),
    batch: fields.integer('batch', 1, 65_536),
    epochs: fields.integer('epochs', 1, 100_000),
    seed: fields.integer('seed', 0, 2 ** 31 - 1),
  };
}

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

/** The fields of an object that nobody has checked yet. */
class Fields {
  readonly #place: string;
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(value: unknown, place: string, known: readonly string[]) {
    this.#place = place;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ConvscopeError('invalid-parameter', `${place} is not an object`, { wanted: known.join(', ') });
    }
    this.#fields = value instanceof Map ? (value as Map<string, unknown>) : new Map(Object.entries(value));
    const unknown = [...this.#fields.keys()].find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new ConvscopeError('invalid-parameter', `${place} has an unknown field`, {
        got: JSON.stringify(unknown.slice(0, 40)),
        wanted: known.join(', '),
      });
    }
  }

  get(name: string): unknown {
    return this.#fields.get(name);
  }

  number(name: string, least: number, most: number): number {
    const value = this.get(name);
    if (typeof value === 'number' && value >= least && value <= most) return value;
    throw this.wrong(name, `a number from ${least} to ${most}`);
  }

  integer(name: string, least: number, most: number): number {
    const value = this.get(name);
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
    throw this.wrong(name, `a whole number from ${least} to ${most}`);
  }

  oneOf<const Word extends string>(name: string, words: readonly Word[]): Word {
    const found = words.find((word) => word === this.get(name));
    if (found === undefined) throw this.wrong(name, words.join(', '));
    return found;
  }

  /** Fit to be a file name. */
  name(name: string): string {
    const value = this.get(name);
    if (typeof value === 'string' && /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(value)) return value;
    throw this.wrong(name, 'letters, digits, ".", "_" and "-", 64 at most');
  }

  wrong(name: string, wanted: string): ConvscopeError {
    const value = this.get(name);
    const got = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 80);
    return new ConvscopeError('invalid-parameter', `${this.#place}.${name} is not usable`, { got, wanted });
  }
}
