import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { nearest } from './nearest.ts';

/** A flag as data: the parser, the help and the errors are made from it. */
export type Flag = {
  readonly description: string;
  readonly required?: boolean;
} & (
  | { readonly type: 'text'; readonly placeholder: string }
  /** May be given more than once, and with several values. */
  | { readonly type: 'list'; readonly placeholder: string }
  | { readonly type: 'integer'; readonly min: number; readonly max: number }
  | { readonly type: 'choice'; readonly placeholder: string; readonly choices: readonly string[] }
  | { readonly type: 'switch' }
);

export type Flags = Readonly<Record<string, Flag>>;

/** A value that stands without a flag. */
export interface Operand {
  readonly placeholder: string;
  readonly description: string;
  readonly choices: readonly string[];
}

type FlagValue<F extends Flag> = F extends { type: 'list' }
  ? readonly string[]
  : F extends { type: 'switch' }
    ? boolean
    : (F extends { type: 'integer' } ? number : string) | (F extends { required: true } ? never : undefined);

/** What was given for each flag; `operand` is the value without a flag. */
export interface Given<F extends Flags> {
  readonly flags: { readonly [Name in keyof F]: FlagValue<F[Name]> };
  readonly operand: string | undefined;
}

/**
 * Reads `--name value` and `--name=value`. Throws `invalid-parameter`, naming the flag and what is allowed, for unknown
 * and missing flags, for flags given twice and for values out of range.
 */
export function parseArguments<F extends Flags>(
  { flags, operand }: { readonly flags: F; readonly operand?: Operand },
  argv: readonly string[],
): Given<F> {
  const texts = new Map<string, string[]>();
  const operands: string[] = [];
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (!/^-./.test(argument)) {
      operands.push(argument);
      continue;
    }
    const { name, value } = splitFlag(argument);
    const flag = flagNamed(flags, name);
    if (texts.has(name) && flag.type !== 'list') throw invalid(`--${name}`, 'the flag is given twice');
    texts.set(name, [...(texts.get(name) ?? []), ...takeValues(name, flag, value, rest)]);
  }
  const chosen = onlyOperand(operand, operands);
  const values = Object.entries(flags).map(([name, flag]) => [name, flagValue(name, flag, texts.get(name))] as const);
  return { flags: Object.fromEntries(values) as Given<F>['flags'], operand: chosen };
}

/** What a flag may be, in words. */
export function allowedFor(flag: Flag): string {
  switch (flag.type) {
    case 'integer':
      return `an integer from ${flag.min} to ${flag.max}`;
    case 'choice':
      return `one of ${flag.choices.join(', ')}`;
    case 'switch':
      return 'no value';
    default:
      return flag.placeholder;
  }
}

/** The error for a flag or file that the user gave wrongly. */
export function invalid(place: string, message: string, detail: { got?: string; wanted?: string } = {}) {
  return new ConvscopeError('invalid-parameter', message, { node: place, ...detail });
}

function splitFlag(argument: string): { name: string; value: string | undefined } {
  const equals = argument.indexOf('=');
  const dashed = equals < 0 ? argument : argument.slice(0, equals);
  return { name: dashed.replace(/^--/, ''), value: equals < 0 ? undefined : argument.slice(equals + 1) };
}

function flagNamed(flags: Flags, name: string): Flag {
  if (Object.hasOwn(flags, name)) return flags[name] as Flag;
  const names = Object.keys(flags);
  const near = nearest(name.replace(/^-/, ''), names);
  const dashed = name.startsWith('-') ? name : `--${name}`;
  throw invalid(dashed, `there is no such flag${near === undefined ? '' : `, did you mean --${near}?`}`, {
    wanted: ['--help', ...names.map((allowed) => `--${allowed}`)].join(', '),
  });
}

/** A list takes all values up to the next flag, others one. */
function takeValues(name: string, flag: Flag, attached: string | undefined, rest: string[]): string[] {
  if (flag.type === 'switch') {
    if (attached === undefined) return ['true'];
    throw invalid(`--${name}`, 'the flag takes no value', { got: JSON.stringify(attached) });
  }
  const values = attached === undefined ? [] : [attached];
  const most = flag.type === 'list' ? Infinity : 1;
  while (values.length < most && rest[0] !== undefined && !rest[0].startsWith('--'))
    values.push(rest.shift() as string);
  if (values.length > 0 && values.every((value) => value !== '')) return values;
  throw invalid(`--${name}`, 'the flag needs a value', { wanted: allowedFor(flag) });
}

function flagValue(name: string, flag: Flag, texts: readonly string[] | undefined): unknown {
  if (texts === undefined) {
    if (flag.required === true) {
      throw invalid(`--${name}`, 'the flag is missing', { wanted: `${allowedFor(flag)} (${flag.description})` });
    }
    return flag.type === 'list' ? [] : flag.type === 'switch' ? false : undefined;
  }
  if (flag.type === 'list') return texts;
  if (flag.type === 'switch') return true;
  const [text = ''] = texts;
  if (flag.type === 'choice') {
    if (flag.choices.includes(text)) return text;
    const near = nearest(text, flag.choices);
    throw invalid(`--${name}`, `not one of the allowed values${near === undefined ? '' : `, did you mean ${near}?`}`, {
      got: JSON.stringify(text),
      wanted: allowedFor(flag),
    });
  }
  if (flag.type === 'text') return text;
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= flag.min && value <= flag.max) return value;
  throw invalid(`--${name}`, 'not an allowed number', { got: JSON.stringify(text), wanted: allowedFor(flag) });
}

function onlyOperand(operand: Operand | undefined, given: readonly string[]): string | undefined {
  const [first, second] = given;
  const surplus = operand === undefined ? first : second;
  if (surplus !== undefined) {
    throw invalid('arguments', 'a value stands without a flag', { got: JSON.stringify(surplus) });
  }
  if (operand === undefined || first === undefined || operand.choices.includes(first)) return first;
  const near = nearest(first, operand.choices);
  throw invalid(operand.placeholder, `there is no such thing${near === undefined ? '' : `, did you mean ${near}?`}`, {
    got: JSON.stringify(first),
    wanted: `one of ${operand.choices.join(', ')}`,
  });
}
