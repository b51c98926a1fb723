import type { Model } from '@convscope/formats';
import { DEFAULT_CHECKPOINTS, TrainingControl, type TrainingProgress } from '@convscope/gpu-engine';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import {
  firstOf,
  trainRecipe,
  writeTrainingCheckpoint,
  type DataSet,
  type ParameterSnapshot,
  type Recipe,
  type TrainingCheckpoint,
  type TrainingSets,
} from '@convscope/zoo';
import type { ChartPoint } from '../../elements/training-chart/cs-training-chart.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { isDeviceLoss, sharedDevice } from '../../shared/shared-device.ts';
import { keepSnapshot, LATEST, type KeptTraining } from './kept-training.ts';
import { withTrainingLock } from './training-lock.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import { loadTrainingData, type DataRequest } from './training-data.ts';

export type RunStatus = 'preparing' | 'training' | 'paused' | 'done' | 'cancelled' | 'failed';

/** The curves of a training as the chart takes them. */
export interface Curves {
  readonly losses: readonly ChartPoint[];
  readonly validationLosses: readonly ChartPoint[];
  readonly accuracies: readonly ChartPoint[];
  readonly learningRates: readonly ChartPoint[];
}

/** What a training is started with: afresh, or from where one was left, with what is known of it. */
export interface RunStart {
  readonly recipe: Recipe;
  readonly data: DataRequest;
  readonly resume?: TrainingCheckpoint | undefined;
  readonly snapshots?: readonly ParameterSnapshot[] | undefined;
}

/** A device that is lost more often without a checkpoint between is not worth more attempts. */
const MOST_LOSSES = 3;
const EXAMPLES = 120;

/** One training in the page: keeps its curves and checkpoints, and goes on by itself when the device was lost. */
export class TrainingRun {
  readonly recipe: Recipe;
  status: RunStatus = 'preparing';
  step = 0;
  steps: number;
  /** The network as of the last checkpoint. */
  model: Model | undefined;
  snapshots: readonly ParameterSnapshot[];
  curves: Curves = { losses: [], validationLosses: [], accuracies: [], learningRates: [] };
  /** Why it ended, where it did not end well. */
  problem: string | undefined;
  /** What the reader must know, such as that nothing can be kept. */
  remark: string | undefined;
  /** What there is to go on from, when it ended before its end. */
  left: KeptTraining | undefined;
  /** Held-out pictures to look at, once there are any. */
  examples: DataSet | undefined;
  readonly #control = new TrainingControl();
  readonly #data: DataRequest;
  #store: CheckpointStore | undefined;
  readonly #onChange: () => void;
  #last: TrainingCheckpoint | undefined;

  constructor(start: RunStart, store: CheckpointStore | undefined, onChange: () => void) {
    this.recipe = start.recipe;
    this.#data = start.data;
    this.#store = store;
    this.#onChange = onChange;
    this.#last = start.resume;
    this.snapshots = start.snapshots ?? [];
    this.steps = start.recipe.epochs * Math.floor(start.recipe.trainingCount / start.recipe.batch);
    if (store === undefined)
      this.remark = 'This browser gives no storage: the training is gone when the page is closed.';
    if (start.resume !== undefined) this.#takeReport(start.resume);
  }

  /** Runs to the end; never throws. */
  async run(): Promise<void> {
    await withTrainingLock(async (isHeld) => {
      this.#store?.refresh();
      if (!isHeld) {
        this.#store = undefined;
        this.remark = 'Another tab trains too and has the storage: this training is gone when its page is closed.';
      }
      await this.#run();
    });
  }

  async #run(): Promise<void> {
    try {
      const sets = await loadTrainingData(this.#data, this.#control.signal);
      this.examples = firstOf(sets.validation, EXAMPLES);
      if (this.#last === undefined) await this.#clearStore();
      await this.#train(sets);
      this.#become('done');
    } catch (error) {
      if (error instanceof ConvscopeError && error.code === 'cancelled') this.#become('cancelled');
      else {
        this.problem = messageOf(error);
        this.#become('failed');
      }
      const checkpoint = this.#last;
      if (checkpoint === undefined) return;
      this.left = { checkpoint, snapshots: this.snapshots };
      this.#onChange();
    }
  }

  pause(): void {
    if (this.status !== 'training') return;
    this.#control.pause();
    // Kept where it stands, so that nothing is lost when the page is closed meanwhile.
    this.#control.requestCheckpoint();
    this.#become('paused');
  }

  resume(): void {
    if (this.status !== 'paused') return;
    this.#control.resume();
    this.#become('training');
  }

  cancel(): void {
    this.#control.cancel();
  }

  async #train(sets: TrainingSets): Promise<void> {
    let losses = 0;
    for (;;) {
      const device = await sharedDevice();
      if (this.status === 'preparing') this.#become('training');
      const stepBefore = this.#last?.training.step;
      try {
        await trainRecipe(device, this.recipe, sets, {
          control: this.#control,
          signal: this.#control.signal,
          resume: this.#last,
          checkpoints: DEFAULT_CHECKPOINTS,
          lossEvery: 5,
          onProgress: (progress) => this.#note(progress),
          onCheckpoint: async (checkpoint) => this.#keep(checkpoint),
        });
        return;
      } catch (error) {
        const isLoss = await isDeviceLoss(error, device);
        losses = this.#last?.training.step === stepBefore ? losses + 1 : 0;
        if (!isLoss || losses >= MOST_LOSSES) throw error;
        if (this.#last !== undefined) this.#takeReport(this.#last);
        this.remark = `The graphics device was lost; the training went on from step ${this.#last?.training.step ?? 0}.`;
        this.#onChange();
      }
    }
  }

  #note(progress: TrainingProgress): void {
    const { step, steps } = progress;
    this.step = step;
    this.steps = steps;
    const { curves } = this;
    if (progress.kind === 'step') {
      const losses = [...curves.losses, { step, value: progress.loss }];
      const learningRates = [...curves.learningRates, { step, value: progress.learningRate }];
      this.curves = { ...curves, losses, learningRates };
    } else if (progress.evaluation !== undefined) {
      const { loss, accuracy } = progress.evaluation;
      this.curves = {
        ...curves,
        validationLosses: [...curves.validationLosses, { step, value: loss }],
        accuracies: [...curves.accuracies, { step, value: accuracy }],
      };
    }
    this.#onChange();
  }

  async #keep(checkpoint: TrainingCheckpoint): Promise<void> {
    const { model, training } = checkpoint;
    this.#last = checkpoint;
    this.model = model;
    const snapshot = { step: training.step, parameters: model.parameters };
    const others = this.snapshots.filter(({ step }) => step !== snapshot.step);
    this.snapshots = [...others, snapshot].sort((a, b) => a.step - b.step);
    this.#onChange();
    if (this.#store === undefined) return;
    try {
      await this.#store.write(LATEST, writeTrainingCheckpoint(checkpoint));
      await keepSnapshot(this.#store, snapshot);
    } catch (error) {
      this.remark = `Step ${training.step}: ${messageOf(error)}`;
      this.#onChange();
    }
  }

  async #clearStore(): Promise<void> {
    const keys = (await this.#store?.keys().catch(() => [])) ?? [];
    for (const key of keys) await this.#store?.remove(key);
  }

  #takeReport({ model, training }: TrainingCheckpoint): void {
    const { step, losses, evaluations, recipe } = training;
    const stepsPerEpoch = Math.max(1, Math.round(this.steps / recipe.epochs));
    const at = (index: number): number => (index + 1) * stepsPerEpoch;
    this.model = model;
    this.step = step;
    this.curves = {
      losses: losses.map((point) => ({ step: point.step, value: point.loss })),
      validationLosses: evaluations.map(({ loss }, index) => ({ step: at(index), value: loss })),
      accuracies: evaluations.map(({ accuracy }, index) => ({ step: at(index), value: accuracy })),
      learningRates: this.curves.learningRates.filter((point) => point.step <= step),
    };
  }

  #become(status: RunStatus): void {
    this.status = status;
    this.#onChange();
  }
}
