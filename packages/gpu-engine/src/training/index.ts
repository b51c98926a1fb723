export {
  DEFAULT_CHECKPOINTS,
  isCheckpoint,
  parseCheckpointSchedule,
  type CheckpointSchedule,
} from './checkpoint-schedule.ts';
export { type Augmentation } from './augmentation.ts';
export type { Evaluation, LabelledImages } from './evaluate.ts';
export {
  fit,
  type EarlyStop,
  type FitOptions,
  type FitState,
  type TrainingProgress,
  type TrainingReport,
} from './fit.ts';
export { heNormal, initializeParameters } from './initialize.ts';
export { learningRateAt, type LearningRateSchedule, type StepPlace } from './learning-rate.ts';
export { NonFiniteWatch } from './non-finite-watch.ts';
export { addOptimizer, isOptimizerState, optimizerScalars, type Optimizer } from './optimizers.ts';
export { Random } from './random.ts';
export { batchNormWithRunningStatistics, type RunningStatistics } from './running-statistics.ts';
export { Trainer, type TrainerOptions } from './trainer.ts';
export { TrainingControl } from './training-control.ts';
export { LABELS, trainingStep, type TrainingStep, type TrainingStepOptions } from './training-step.ts';
