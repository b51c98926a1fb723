import { ConvscopeError, throwIfCancelled } from '../graph/index.ts';
import { isCheckpoint, type CheckpointSchedule } from './checkpoint-schedule.ts';
import { checkLabelledImages, gatherImages, gatherLabels, type Evaluation, type LabelledImages } from './evaluate.ts';
import { learningRateAt, type LearningRateSchedule } from './learning-rate.ts';
import { NonFiniteWatch } from './non-finite-watch.ts';
import { Random } from './random.ts';
import type { TrainingControl } from './training-control.ts';
import type { Trainer } from './trainer.ts';

/** What a training tells while it runs. Steps count from 1 over all epochs. */
export type TrainingProgress =
  | {
      readonly kind: 'step';
      readonly step: number;
      readonly steps: number;
      readonly epoch: number;
      readonly epochs: number;
      /** Mean cross-entropy of this step's batch, before the step. */
      readonly loss: number;
      readonly learningRate: number;
    }
  | {
      readonly kind: 'epoch';
      readonly step: number;
      readonly steps: number;
      readonly epoch: number;
      readonly epochs: number;
      /** On the validation set, where there is one. */
      readonly evaluation: Evaluation | undefined;
    };

/** How far a training has come. Together with all parameters of its trainer it is enough to go on from. */
export interface FitState extends TrainingReport {
  /** Steps taken, over all epochs; what the trainer says. */
  readonly step: number;
}

export interface EarlyStop {
  /** Epochs without a better loss on the validation set, after which the training ends. */
  readonly patience: number;
  /** A loss is better where it is lower by more than this. Default: 0. */
  readonly minimumImprovement?: number;
}

export interface FitOptions {
  readonly data: LabelledImages;
  readonly validation?: LabelledImages;
  readonly epochs: number;
  /** A number is kept throughout. */
  readonly learningRate: number | LearningRateSchedule;
  /** Decides the order of the pictures, which is another one in each epoch. */
  readonly seed: number;
  /** Steps between two readings of the loss, which wait for the GPU. Default: 10. */
  readonly lossEvery?: number;
  /** Ends the training before its last epoch; needs a validation set. */
  readonly earlyStop?: EarlyStop | undefined;
  /** Where to go on, with a trainer that was made with the parameters and the number of steps of that place. */
  readonly from?: FitState | undefined;
  /** When `onCheckpoint` is called. */
  readonly checkpoints?: CheckpointSchedule | undefined;
  /** Is waited for; the trainer stands still meanwhile. */
  readonly onCheckpoint?: ((state: FitState) => void | Promise<void>) | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Pauses, resumes or cancels the training, or asks for a checkpoint at once. */
  readonly control?: TrainingControl | undefined;
}

/**
 * Trains for some epochs in seeded random order; the pictures that do not fill an epoch's last batch are left out of
 * it. The same trainer, data and seed on the same adapter give the same bits, also where the training was left at a
 * checkpoint and gone on with from there. An `onProgress` that gives a promise is waited for. Throws `cancelled`
 * between steps, `non-finite` naming the node that broke the training, `invalid-parameter` where there is not a whole
 * batch of pictures or `from` is of another training.
 *
 * @returns the loss of every step whose loss was read, and the evaluation after every epoch.
 */
export async function fit(trainer: Trainer, options: FitOptions): Promise<TrainingReport> {
  const { data, validation, epochs, seed, earlyStop, from } = options;
  const { lossEvery = 10, checkpoints, onCheckpoint, onProgress, signal, control } = options;
  const schedule: LearningRateSchedule =
    typeof options.learningRate === 'number'
      ? { kind: 'constant', learningRate: options.learningRate }
      : options.learningRate;
  checkLabelledImages(data);
  const { images, labels } = data;
  const stepsPerEpoch = Math.floor(labels.data.length / trainer.batch);
  checkStart({ trainer, options, stepsPerEpoch });
  const steps = epochs * stepsPerEpoch;
  const losses = [...(from?.losses ?? [])];
  const evaluations = [...(from?.evaluations ?? [])];
  const keep = async (step: number): Promise<void> => {
    const isAskedFor = control?.takeCheckpointRequest() === true;
    const isDue = checkpoints !== undefined && isCheckpoint(checkpoints, { step, steps, stepsPerEpoch });
    if (isAskedFor || isDue) await onCheckpoint?.({ step, losses: [...losses], evaluations: [...evaluations] });
  };
  /** Waits while the training is paused. */
  const turn = async (step: number): Promise<void> => {
    throwIfCancelled(signal);
    for (;;) {
      await control?.turn();
      if (control?.isPaused !== true) return;
      await keep(step);
    }
  };
  const first = from?.step ?? 0;
  if (first === 0) await keep(0);
  const watch = await NonFiniteWatch.create(trainer);
  try {
    for (let epoch = Math.floor(first / stepsPerEpoch) + 1; epoch <= epochs; epoch++) {
      if (isEnough(evaluations, earlyStop)) break;
      const order = new Random(seed, epoch).permutation(labels.data.length);
      const done = (epoch - 1) * stepsPerEpoch;
      for (let index = Math.max(0, first - done); index < stepsPerEpoch; index++) {
        await turn(done + index);
        const step = done + index + 1;
        const rows = order.slice(index * trainer.batch, (index + 1) * trainer.batch);
        const batch = gatherImages(images, rows, trainer.batch);
        const batchLabels = gatherLabels(labels, rows, trainer.batch);
        const learningRate = learningRateAt(schedule, { step, steps, stepsPerEpoch });
        watch.record(batch, batchLabels, learningRate);
        const result = await trainer.step(batch, batchLabels, learningRate);
        const isLast = index === stepsPerEpoch - 1;
        if (step % lossEvery === 0 || step === 1 || isLast) {
          const loss = (await result.read()).data[0] as number;
          await watch.check(loss);
          losses.push({ step, loss });
          await onProgress?.({ kind: 'step', step, steps, epoch, epochs, loss, learningRate });
        }
        if (!isLast) await keep(step);
      }
      const end = control?.signal ?? signal;
      const evaluation = validation === undefined ? undefined : await trainer.evaluate(validation, end);
      if (evaluation !== undefined) evaluations.push(evaluation);
      const step = epoch * stepsPerEpoch;
      await onProgress?.({ kind: 'epoch', step, steps, epoch, epochs, evaluation });
      await keep(step);
    }
  } finally {
    watch.dispose();
  }
  return { losses, evaluations };
}

/** Whether the last epochs brought nothing better. */
function isEnough(evaluations: readonly Evaluation[], earlyStop: EarlyStop | undefined): boolean {
  if (earlyStop === undefined) return false;
  const { patience, minimumImprovement = 0 } = earlyStop;
  let [best, without] = [Infinity, 0];
  for (const { loss } of evaluations) {
    without = loss < best - minimumImprovement ? 0 : without + 1;
    best = Math.min(best, loss);
  }
  return without >= patience;
}

interface Start {
  readonly trainer: Trainer;
  readonly options: FitOptions;
  readonly stepsPerEpoch: number;
}

function checkStart({ trainer, options: { data, validation, epochs, from, earlyStop }, stepsPerEpoch }: Start): void {
  if (stepsPerEpoch === 0) {
    throw new ConvscopeError('invalid-parameter', 'there are fewer pictures than one batch holds', {
      got: String(data.labels.data.length),
      wanted: `at least ${trainer.batch}`,
    });
  }
  if (earlyStop !== undefined && validation === undefined) {
    throw new ConvscopeError('invalid-parameter', 'an early stop needs a validation set');
  }
  if (from === undefined) return;
  const { step, evaluations } = from;
  const wanted = validation === undefined ? 0 : Math.floor(step / stepsPerEpoch);
  if (step === trainer.steps && step <= epochs * stepsPerEpoch && evaluations.length === wanted) return;
  throw new ConvscopeError('invalid-parameter', 'the training cannot go on from here: it is of another length', {
    got: `step ${step} with ${evaluations.length} evaluations, the trainer at ${trainer.steps}`,
    wanted: `at most ${epochs * stepsPerEpoch} steps with one evaluation every ${stepsPerEpoch}`,
  });
}

/** What came of a training. */
export interface TrainingReport {
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
  /** One an epoch; empty without a validation set. */
  readonly evaluations: readonly Evaluation[];
}
