import type { Model } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { loadCheckpoints, type ParameterSnapshot } from '@convscope/zoo';
import type { Curves } from './training-run.ts';

/** What the timeline goes over: a training of the user's, or the one that a shipped network comes with. */
export interface ShownTraining {
  readonly model: Model;
  readonly snapshots: readonly ParameterSnapshot[];
  readonly curves: Curves;
  readonly steps: number;
  readonly title: string;
}

/** The training of a shipped network; undefined where none comes with checkpoints. Throws what loading throws. */
export async function shippedTraining(name: string): Promise<ShownTraining | undefined> {
  const found = await loadCheckpoints(name).catch((error: unknown) => {
    if (error instanceof ConvscopeError && error.code === 'unknown-name') return undefined;
    throw error;
  });
  if (found === undefined) return undefined;
  const { model, snapshots, report } = found;
  const steps = snapshots.at(-1)?.step ?? 1;
  const at = (index: number): number => Math.round(((index + 1) * steps) / report.evaluations.length);
  const curves: Curves = {
    losses: report.losses.map(({ step, loss }) => ({ step, value: loss })),
    validationLosses: report.evaluations.map(({ loss }, index) => ({ step: at(index), value: loss })),
    accuracies: report.evaluations.map(({ accuracy }, index) => ({ step: at(index), value: accuracy })),
    learningRates: [],
  };
  return { model, snapshots, curves, steps, title: `How the shipped network for ${name} learned` };
}
