import { readFileSync } from 'node:fs';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { invalid } from './arguments.ts';
import type { Command, Context, Sink } from './command.ts';
import { check } from './commands/check.ts';
import { evolve } from './commands/evolve.ts';
import { explain } from './commands/explain.ts';
import { inspect } from './commands/inspect.ts';
import { methods } from './commands/methods.ts';
import { profile } from './commands/profile.ts';
import { report } from './commands/report.ts';
import { run } from './commands/run.ts';
import { serve } from './commands/serve.ts';
import { top } from './commands/top.ts';
import { train } from './commands/train.ts';
import { tune } from './commands/tune.ts';
import { commandHelp, toolHelp } from './help.ts';
import { Interruption } from './interruption.ts';
import { nearest } from './nearest.ts';
import { printable } from './text.ts';

const commands: readonly Command[] = [
  inspect,
  run,
  explain,
  check,
  report,
  serve,
  top,
  train,
  evolve,
  profile,
  tune,
  methods,
];

export interface MainOptions {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** How the GPU is opened. Default: `requestNodeDevice`. */
  readonly requestDevice?: Context['requestDevice'];
}

/**
 * Runs one command line, without the program's name. Never throws: what goes wrong is one line on stderr, with its
 * stack where the environment sets CONVSCOPE_DEBUG.
 *
 * @returns the exit code: 0 done, 2 bad input, 130 interrupted, 1 other failures (no GPU, out of memory).
 */
export async function main(argv: readonly string[], options: MainOptions): Promise<number> {
  const { stdout, stderr, env, signal = new AbortController().signal, requestDevice = requestNodeDevice } = options;
  const [name, ...rest] = argv;
  try {
    await dispatch(name, rest, { stdout, stderr, signal, requestDevice });
    return 0;
  } catch (thrown) {
    if (signal.aborted) {
      const left = thrown instanceof Interruption ? printable(thrown.message) : 'nothing was written';
      stderr.write(`convscope: interrupted, ${left}\n`);
      return 130;
    }
    const prefix = commands.some((command) => command.name === name) ? `convscope ${name}` : 'convscope';
    const { exitCode, text } = outcomeOf(thrown);
    stderr.write(`${prefix}: ${printable(text.replaceAll('\n', ' '))}\n`);
    if (env['CONVSCOPE_DEBUG'] !== undefined && thrown instanceof Error) stderr.write(`${thrown.stack}\n`);
    return exitCode;
  }
}

async function dispatch(name: string | undefined, argv: readonly string[], context: Context): Promise<void> {
  if (name === '--help' || name === '-h') {
    context.stdout.write(toolHelp(commands));
    return;
  }
  if (name === '--version') {
    context.stdout.write(`${version()}\n`);
    return;
  }
  const command = commandNamed(name);
  if (argv.includes('--help') || argv.includes('-h')) {
    context.stdout.write(commandHelp(command));
    return;
  }
  await command.run(argv, context);
}

function commandNamed(name: string | undefined): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = commands.map((command) => command.name);
  const near = name === undefined ? undefined : nearest(name, names);
  const what = name === undefined ? 'a command is missing' : 'there is no such command';
  throw invalid('command', `${what}${near === undefined ? '' : `, did you mean ${near}?`}`, {
    ...(name === undefined ? {} : { got: JSON.stringify(name) }),
    wanted: `one of ${names.join(', ')}, --help, --version`,
  });
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

/** What the machine lacks, in contrast to what the user gave wrongly. */
const MACHINE_ERRORS = new Set(['no-webgpu', 'no-adapter', 'device-lost', 'out-of-memory', 'device-limit']);
const PROGRAM_ERRORS = new Set(['gpu-validation', 'stale-tensor', 'disposed', 'cancelled']);

function outcomeOf(thrown: unknown): { readonly exitCode: number; readonly text: string } {
  if (thrown instanceof ConvscopeError && !PROGRAM_ERRORS.has(thrown.code)) {
    if (!MACHINE_ERRORS.has(thrown.code)) return { exitCode: 2, text: thrown.message };
    return { exitCode: 1, text: `${thrown.code}: ${thrown.message}` };
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return { exitCode: 1, text: `failed inside: ${text} (CONVSCOPE_DEBUG=1 shows where)` };
}
