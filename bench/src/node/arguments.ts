import { parseArgs } from 'node:util';
import type { Extent } from '../suite.ts';

export interface Arguments {
  readonly suites: readonly string[];
  readonly extent: Extent;
  readonly check: boolean;
  readonly only: string | undefined;
  readonly batch: number | undefined;
  readonly rounds: number | undefined;
  readonly seconds: number | undefined;
  readonly mostOperations: number | undefined;
  readonly import: readonly string[];
  /** One of several suites, started by the process that was asked for them. */
  readonly child: boolean;
  readonly help: boolean;
}

export const OPTIONS_TEXT = `  --quick        small sizes, nothing written: that it runs and both sides agree
  --sample       of convolution layers one or two of each kind
  --check        fails where a ratio fell by more than 20 % from what is recorded for this adapter, or a size grew as far;
                 what seems to have fallen is measured once more; nothing written
  --only TEXT    cases whose names contain this; nothing written
  --rounds N     most rounds of a case (7)      --seconds N  after which a case begins no further round (10)
  --gflop N      leaves out convolution layers with more work than this, for slow machines
  --batch N      pictures in a batch, for the training suite (100)
  --import FILE  records what the benchmark page saved (npm run bench:page)`;

/** Throws an Error that says what came and what was wanted. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    // pnpm hands its `--` on.
    args: args.filter((argument) => argument !== '--'),
    allowPositionals: true,
    options: {
      suite: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      sample: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      only: { type: 'string' },
      batch: { type: 'string' },
      rounds: { type: 'string' },
      gflop: { type: 'string' },
      seconds: { type: 'string' },
      import: { type: 'string', multiple: true },
      child: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.quick && values.sample) throw new Error('got --quick and --sample; wanted one of them');
  return {
    suites: [...(values.suite ?? []), ...positionals],
    extent: values.quick ? 'quick' : values.sample ? 'sample' : 'full',
    check: values.check,
    only: values.only,
    batch: count(values.batch),
    rounds: count(values.rounds),
    seconds: count(values.seconds),
    mostOperations: gigaOperations(values.gflop),
    import: values.import ?? [],
    child: values.child,
    help: values.help,
  };
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 10_000) return value;
  throw new Error(`got ${text}; wanted a whole number from 1 to 10000`);
}

function gigaOperations(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (Number(text) > 0) return 1e9 * Number(text);
  throw new Error(`got --gflop ${text}; wanted a number above 0`);
}
