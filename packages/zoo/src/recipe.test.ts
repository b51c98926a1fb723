import { expect, test } from 'vitest';
import { learningRateSchedule, parseRecipe, recipeNamed, recipeNames } from './recipe.ts';

const good = JSON.parse(JSON.stringify(recipeNamed('digits'))) as Record<string, unknown>;

test('the built-in recipes are valid and known by their names', () => {
  expect(recipeNames).toEqual(['digits', 'seed-mnist', 'shapes']);
  for (const name of recipeNames) {
    const recipe = recipeNamed(name);
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  }
  expect(() => recipeNamed('toString')).toThrow(/no such recipe; got "toString"; wanted digits, seed-mnist, shapes/);
});

test('optimisers may leave out what has a default', () => {
  const optimizer = { kind: 'sgd', momentum: 0.5, nesterov: true };
  expect(parseRecipe({ ...good, optimizer }).optimizer).toEqual(optimizer);
  expect(parseRecipe({ ...good, optimizer: { kind: 'sgd' } }).optimizer).toEqual({ kind: 'sgd' });
});

test('schedules and early stops', () => {
  const { finalLearningRate: _, ...plain } = good;
  const schedules = [
    { kind: 'cosine', final: 0 },
    { kind: 'step', factor: 0.1, every: 3 },
  ];
  for (const schedule of schedules) {
    const recipe = parseRecipe({ ...plain, schedule, earlyStop: { patience: 2 } });
    expect(recipe).toMatchObject({ schedule, earlyStop: { patience: 2 } });
    expect(learningRateSchedule(recipe)).toEqual({ ...schedule, learningRate: good['learningRate'] });
  }
  expect(learningRateSchedule(parseRecipe(good))).toMatchObject({ kind: 'linear' });
  expect(learningRateSchedule(parseRecipe(plain))).toMatchObject({ kind: 'constant' });
});

test('objects may be maps, as a strict JSON reader gives them', () => {
  const optimizer = new Map([['kind', 'adam']]);
  expect(parseRecipe(new Map(Object.entries({ ...good, optimizer })))).toEqual(recipeNamed('digits'));
});

test.each<[Record<string, unknown>, RegExp]>([
  [{ batch: 0 }, /recipe.batch is not usable; got 0; wanted a whole number from 1/],
  [{ epochs: '5' }, /recipe.epochs is not usable; got "5"/],
  [{ learningRate: Infinity }, /recipe.learningRate/],
  [{ finalLearningRate: -1 }, /recipe.finalLearningRate/],
  [
    { architecture: 'constructor' },
    /recipe.architecture is not usable; got "constructor"; wanted digits-net, seed-mnist, shapes-net/,
  ],
  [{ name: '../../evil' }, /recipe.name/],
  [
    { optimizer: { kind: 'adam', momentum: 0.9 } },
    /recipe.optimizer has an unknown field; got "momentum"; wanted kind, beta1/,
  ],
  [{ optimizer: { kind: 'sgd', momentum: 2 } }, /recipe.optimizer.momentum.*wanted a number from 0 to 1/],
  [{ optimizer: 'adam' }, /recipe.optimizer is not an object/],
  [{ schedule: { kind: 'cosine', final: 0 } }, /recipe.schedule.*wanted it or finalLearningRate alone/],
  [{ finalLearningRate: undefined, schedule: { kind: 'step', factor: 0.1 } }, /recipe.schedule.every.*got nothing/],
  [{ earlyStop: { patience: 0 } }, /recipe.earlyStop.patience/],
  [{ colour: 'red' }, /unknown field; got "colour"/],
  [{ seed: undefined }, /recipe.seed is not usable; got nothing/],
])('refuses %j', (change, message) => {
  expect(() => parseRecipe({ ...good, ...change })).toThrow(message);
});

test('pictures may be moved in training, within limits', () => {
  const augmentation = { shift: 0.1, rotation: 10 };
  expect(parseRecipe({ ...good, augmentation }).augmentation).toEqual(augmentation);
  expect(() => parseRecipe({ ...good, augmentation: { scale: 2 } })).toThrow(/recipe\.augmentation\.scale/);
});
