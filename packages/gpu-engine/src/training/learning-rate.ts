import { ConvscopeError } from '../graph/index.ts';

/** How the learning rate changes over a training, as data. */
export type LearningRateSchedule =
  | { readonly kind: 'constant'; readonly learningRate: number }
  /** From `learningRate` at the first step to `final` at the last, evenly or along half a cosine (1608.03983, eq. 5). */
  | { readonly kind: 'linear' | 'cosine'; readonly learningRate: number; readonly final: number }
  /** Multiplied by `factor` whenever another `every` epochs have passed. */
  | { readonly kind: 'step'; readonly learningRate: number; readonly factor: number; readonly every: number };

/** Which step the rate is for; steps count from 1 over all epochs. */
export interface StepPlace {
  readonly step: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

/** The learning rate of one step. Throws `invalid-parameter` where it is no number from 0 on. */
export function learningRateAt(schedule: LearningRateSchedule, place: StepPlace): number {
  const rate = rateAt(schedule, place);
  if (rate >= 0 && Number.isFinite(rate)) return rate;
  throw new ConvscopeError('invalid-parameter', 'the schedule gives no usable learning rate', {
    node: schedule.kind,
    got: `${rate} at step ${place.step}`,
    wanted: 'a number from 0 on',
  });
}

function rateAt(schedule: LearningRateSchedule, { step, steps, stepsPerEpoch }: StepPlace): number {
  const { learningRate } = schedule;
  const progress = steps > 1 ? (step - 1) / (steps - 1) : 0;
  switch (schedule.kind) {
    case 'constant':
      return learningRate;
    case 'linear':
      return learningRate + (schedule.final - learningRate) * progress;
    case 'cosine':
      return schedule.final + ((learningRate - schedule.final) * (1 + Math.cos(Math.PI * progress))) / 2;
    case 'step': {
      const epochs = Math.floor((step - 1) / stepsPerEpoch);
      return learningRate * schedule.factor ** Math.floor(epochs / schedule.every);
    }
  }
}
