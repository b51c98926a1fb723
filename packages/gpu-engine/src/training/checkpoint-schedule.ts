import { ConvscopeError } from '../graph/index.ts';

/** At which steps a training is to be kept; step 0 is before the first. The last step is always one of them. */
export interface CheckpointSchedule {
  /** Increasing. */
  readonly steps: readonly number[];
  /** Also at every so many steps. */
  readonly everySteps?: number;
  /** Also at the end of every so many epochs. */
  readonly everyEpochs?: number;
}

/** Dense at the start, where most is learned, then every epoch. */
export const DEFAULT_CHECKPOINTS: CheckpointSchedule = { steps: [0, 10, 30, 100, 300], everyEpochs: 1 };

const MOST_STEP = 1e9;
const MOST_STEPS = 10_000;
const WANTED = 'such as "steps 0, 10, 30, 100, …, then every epoch", "every 50 steps" or "every 2 epochs"';

/**
 * Reads a schedule in words: numbers of steps, an ellipsis that goes on tenfold from the last two numbers, and
 * `every epoch`, `every N epochs` or `every N steps`, apart by commas. Throws `invalid-parameter`.
 */
export function parseCheckpointSchedule(text: string): CheckpointSchedule {
  const parts = text.toLowerCase().split(',');
  const steps: number[] = [];
  const every = { steps: 0, epochs: 0 };
  for (const [index, part] of parts.entries()) {
    const words = part
      .trim()
      .replace(/^then\s+/, '')
      .replace(/^steps?\s+(?=[\d…])/, '')
      .replaceAll('...', '…');
    const [, count, unit] = /^every\s+(?:(\d{1,9})\s+)?(epoch|step)s?$/.exec(words) ?? [];
    if (/^\d{1,9}$/.test(words)) addStep(steps, Number(words));
    else if (words === '…') goOn(steps);
    else if (unit !== undefined && count !== '0') every[unit === 'step' ? 'steps' : 'epochs'] = Number(count ?? 1);
    else {
      throw new ConvscopeError('invalid-parameter', `part ${index + 1} of the schedule is not understood`, {
        got: JSON.stringify(part.trim().slice(0, 60)),
        wanted: WANTED,
      });
    }
  }
  return {
    steps,
    ...(every.steps > 0 ? { everySteps: every.steps } : {}),
    ...(every.epochs > 0 ? { everyEpochs: every.epochs } : {}),
  };
}

/** Whether the training is to be kept after step `step`. */
export function isCheckpoint(
  { steps: listed, everySteps, everyEpochs }: CheckpointSchedule,
  { step, steps, stepsPerEpoch }: { readonly step: number; readonly steps: number; readonly stepsPerEpoch: number },
): boolean {
  if (step === steps || listed.includes(step)) return true;
  if (step === 0) return false;
  const isDue = (period: number | undefined) => period !== undefined && step % period === 0;
  return isDue(everySteps) || isDue(everyEpochs === undefined ? undefined : everyEpochs * stepsPerEpoch);
}

function addStep(steps: number[], step: number): void {
  const last = steps.at(-1) ?? -1;
  if (step > last && steps.length < MOST_STEPS) {
    steps.push(step);
    return;
  }
  throw new ConvscopeError('invalid-parameter', 'the steps of the schedule do not grow, or are too many', {
    got: `${step} after ${last}`,
    wanted: WANTED,
  });
}

function goOn(steps: number[]): void {
  if (steps.length < 2 || steps.at(-2) === 0) {
    throw new ConvscopeError('invalid-parameter', 'an ellipsis needs two numbers above 0 before it', {
      wanted: WANTED,
    });
  }
  for (;;) {
    const next = 10 * (steps.at(-2) as number);
    if (next > MOST_STEP) return;
    addStep(steps, next);
  }
}
