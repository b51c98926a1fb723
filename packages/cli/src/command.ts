import type { GpuDevice } from '@convscope/gpu-engine';
import { choicesFlags, withChoices } from './kernel-choices.ts';
import { parseArguments, type Flags, type Given, type Operand } from './arguments.ts';

/** Where text goes: `process.stdout` and `process.stderr`, or what a test gives. */
export interface Sink {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a command may touch of the world, besides files. */
export interface Context {
  /** Results. */
  readonly stdout: Sink;
  /** Progress, remarks, errors. */
  readonly stderr: Sink;
  readonly signal: AbortSignal;
  readonly requestDevice: () => Promise<GpuDevice>;
}

export interface CommandDefinition<F extends Flags> {
  readonly name: string;
  readonly summary: string;
  readonly flags: F;
  /** What may stand without a flag. */
  readonly operand?: Operand;
  /** Further lines of the help. */
  readonly details?: readonly string[];
  /** Set for commands that compute on the GPU: they take `--choices` as well. */
  readonly computes?: boolean;
  readonly run: (given: Given<F>, context: Context) => Promise<void>;
}

/** A command with its flags' types forgotten, as `main` runs it. */
export interface Command extends Omit<CommandDefinition<Flags>, 'run'> {
  /** Throws ConvscopeError: `invalid-parameter` and the like for what the user gave, others for what the machine lacks. */
  readonly run: (argv: readonly string[], context: Context) => Promise<void>;
}

export function defineCommand<const F extends Flags>(definition: CommandDefinition<F>): Command {
  if (definition.computes !== true) {
    return { ...definition, run: async (argv, context) => definition.run(parseArguments(definition, argv), context) };
  }
  const flags = { ...definition.flags, ...choicesFlags };
  const run = async (argv: readonly string[], context: Context): Promise<void> => {
    const given = parseArguments({ ...definition, flags }, argv);
    await definition.run(given, await withChoices(context, given.flags.choices));
  };
  return { ...definition, flags, run };
}
