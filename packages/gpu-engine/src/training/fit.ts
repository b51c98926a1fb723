import { ConvscopeError, throwIfCancelled } from '../graph/index.ts';
import { checkLabelledImages, gatherImages, gatherLabels, type Evaluation, type LabelledImages } from './evaluate.ts';
import { Random } from './random.ts';
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

export interface FitOptions {
  readonly data: LabelledImages;
  readonly validation?: LabelledImages;
  readonly epochs: number;
  readonly learningRate: number;
  /** The rate falls, or rises, evenly to this one at the last step. Default: it stays. */
  readonly finalLearningRate?: number;
  /** Decides the order of the pictures, which is another one in each epoch. */
  readonly seed: number;
  /** Steps between two readings of the loss, which wait for the GPU. Default: 10. */
  readonly lossEvery?: number;
  readonly onProgress?: ((progress: TrainingProgress) => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Trains for some epochs in seeded random order; the pictures that do not fill an epoch's last batch are left out of
 * it. The same trainer, data and seed on the same adapter give the same bits. An `onProgress` that gives a promise is
 * waited for. Throws `cancelled` between steps, `invalid-parameter` where there is not a whole batch of pictures.
 *
 * @returns the loss of every step whose loss was read, and the evaluation after every epoch.
 */
export async function fit(trainer: Trainer, options: FitOptions): Promise<TrainingReport> {
  const { data, validation, epochs, learningRate, finalLearningRate = learningRate, seed } = options;
  const { lossEvery = 10, onProgress, signal } = options;
  checkLabelledImages(data);
  const { images, labels } = data;
  const stepsPerEpoch = Math.floor(labels.data.length / trainer.batch);
  if (stepsPerEpoch === 0) {
    throw new ConvscopeError('invalid-parameter', 'there are fewer pictures than one batch holds', {
      got: String(labels.data.length),
      wanted: `at least ${trainer.batch}`,
    });
  }
  const steps = epochs * stepsPerEpoch;
  const losses: { step: number; loss: number }[] = [];
  const evaluations: Evaluation[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = new Random(seed, epoch).permutation(labels.data.length);
    for (let index = 0; index < stepsPerEpoch; index++) {
      throwIfCancelled(signal);
      const step = (epoch - 1) * stepsPerEpoch + index + 1;
      const rows = order.slice(index * trainer.batch, (index + 1) * trainer.batch);
      const progress = steps > 1 ? (step - 1) / (steps - 1) : 0;
      const rate = learningRate + (finalLearningRate - learningRate) * progress;
      const result = await trainer.step(
        gatherImages(images, rows, trainer.batch),
        gatherLabels(labels, rows, trainer.batch),
        rate,
      );
      if (step % lossEvery !== 0 && step !== 1 && index !== stepsPerEpoch - 1) continue;
      const loss = (await result.read()).data[0] as number;
      losses.push({ step, loss });
      await onProgress?.({ kind: 'step', step, steps, epoch, epochs, loss });
    }
    const evaluation = validation === undefined ? undefined : await trainer.evaluate(validation, signal);
    if (evaluation !== undefined) evaluations.push(evaluation);
    await onProgress?.({ kind: 'epoch', step: epoch * stepsPerEpoch, steps, epoch, epochs, evaluation });
  }
  return { losses, evaluations };
}

/** What came of a training. */
export interface TrainingReport {
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
  /** One an epoch; empty without a validation set. */
  readonly evaluations: readonly Evaluation[];
}
