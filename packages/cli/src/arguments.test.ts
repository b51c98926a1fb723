import { expect, test } from 'vitest';
import { parseArguments, type Flags } from './arguments.ts';

const flags = {
  model: { type: 'text', placeholder: 'M', required: true, description: 'a model' },
  set: { type: 'list', placeholder: 'key=value', description: 'settings' },
  target: { type: 'integer', min: 0, max: 9, description: 'a class' },
  method: { type: 'choice', placeholder: 'NAME', choices: ['gradient', 'grad-cam'], description: 'a method' },
  json: { type: 'switch', description: 'for machines' },
} as const satisfies Flags;
const operand = { placeholder: 'NAME', description: 'a name', choices: ['one', 'two'] };

test('reads values after a space or an equals sign, lists, switches and the value without a flag', () => {
  const argv = ['--model=a=b', 'one', '--set', 'k=1', 'l=2', '--json', '--set=m=3', '--target', '7'];
  expect(parseArguments({ flags, operand }, argv)).toEqual({
    flags: { model: 'a=b', set: ['k=1', 'l=2', 'm=3'], target: 7, method: undefined, json: true },
    operand: 'one',
  });
});

test('what is not given is undefined, empty or false', () => {
  expect(parseArguments({ flags }, ['--model', 'm'])).toEqual({
    flags: { model: 'm', set: [], target: undefined, method: undefined, json: false },
    operand: undefined,
  });
});

test.each<[string, readonly string[], RegExp]>([
  ['a missing flag', [], /^--model: the flag is missing; wanted M/],
  ['a flag without a value', ['--model'], /^--model: the flag needs a value; wanted M/],
  ['a flag in place of a value', ['--model', '--json'], /^--model: the flag needs a value/],
  ['an empty value', ['--model', ''], /^--model: the flag needs a value/],
  ['a flag given twice', ['--model', 'a', '--model', 'b'], /^--model: the flag is given twice/],
  [
    'an unknown flag',
    ['--modle', 'a'],
    /^--modle: there is no such flag, did you mean --model\?; wanted --help, --model/,
  ],
  ['a short flag', ['-m', 'a'], /^-m: there is no such flag/],
  ['a name of an object', ['--__proto__', 'a'], /^--__proto__: there is no such flag; wanted --help/],
  ['a number out of range', ['--model=a', '--target', '10'], /^--target: .*"10"; wanted an integer from 0 to 9$/],
  ['a number in letters', ['--model=a', '--target', '0x1'], /^--target: .*"0x1"; wanted an integer/],
  ['a choice that is none', ['--model=a', '--method', 'cam'], /^--method: .*"cam"; wanted one of gradient, grad-cam$/],
  ['a near choice', ['--model=a', '--method', 'gradeint'], /did you mean gradient\?/],
  ['a switch with a value', ['--model=a', '--json=yes'], /^--json: the flag takes no value; got "yes"/],
  [
    'an operand that is none',
    ['three', '--model=a'],
    /^NAME: there is no such thing.*"three"; wanted one of one, two$/,
  ],
  ['two operands', ['one', 'two', '--model=a'], /^arguments: a value stands without a flag; got "two"/],
])('refuses %s', (_, argv, message) => {
  expect(() => parseArguments({ flags, operand }, argv)).toThrow(message);
});
