export type { Evaluation, LabelledImages } from './evaluate.ts';
export { fit, type FitOptions, type TrainingProgress, type TrainingReport } from './fit.ts';
export { heNormal, initializeParameters } from './initialize.ts';
export { addOptimizer, isOptimizerState, optimizerScalars, type Optimizer } from './optimizers.ts';
export { Random } from './random.ts';
export { batchNormWithRunningStatistics, type RunningStatistics } from './running-statistics.ts';
export { Trainer, type TrainerOptions } from './trainer.ts';
export { LABELS, trainingStep, type TrainingStep, type TrainingStepOptions } from './training-step.ts';
