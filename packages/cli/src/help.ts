import { allowedFor, type Flag } from './arguments.ts';
import type { Command } from './command.ts';
import { table } from './text.ts';

/** The help of the whole tool. */
export function toolHelp(commands: readonly Command[]): string {
  return [
    'convscope: explains convolutional networks on the GPU',
    '',
    'Commands:',
    table(commands.map(({ name, summary }) => [`  convscope ${name}`, summary])),
    '',
    '`convscope COMMAND --help` tells the flags of a command, `convscope --version` the version.',
    'Results go to stdout, progress and remarks to stderr. Exit codes: 0 done, 2 bad input, 1 other failures,',
    '130 interrupted.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp({ name, summary, flags, operand, details = [] }: Command): string {
  const entries = Object.entries(flags);
  const usage = [
    `convscope ${name}`,
    ...(operand === undefined ? [] : [`[${operand.placeholder}]`]),
    ...entries.map(([flag, specification]) => usageOf(flag, specification)),
  ];
  const rows = entries.map(([flag, specification]) => [`  ${written(flag, specification)}`, helpOf(specification)]);
  if (operand !== undefined) rows.unshift([`  ${operand.placeholder}`, operand.description]);
  return [
    summary,
    '',
    usage.join(' '),
    '',
    table([...rows, ['  --help', 'this text']]),
    ...(details.length === 0 ? [] : ['', ...details]),
    '',
  ].join('\n');
}

function written(name: string, flag: Flag): string {
  switch (flag.type) {
    case 'switch':
      return `--${name}`;
    case 'integer':
      return `--${name} N`;
    case 'list':
      return `--${name} ${flag.placeholder} …`;
    default:
      return `--${name} ${flag.placeholder}`;
  }
}

function usageOf(name: string, flag: Flag): string {
  return flag.required === true ? written(name, flag) : `[${written(name, flag)}]`;
}

function helpOf(flag: Flag): string {
  const hasRange = flag.type === 'choice' || flag.type === 'integer';
  return hasRange ? `${flag.description}: ${allowedFor(flag)}` : flag.description;
}
