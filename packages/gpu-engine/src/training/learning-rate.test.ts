import { expect, test } from 'vitest';
import { learningRateAt, type LearningRateSchedule } from './learning-rate.ts';

function rates(schedule: LearningRateSchedule, steps = 9, stepsPerEpoch = 3): number[] {
  return Array.from({ length: steps }, (_, index) =>
    learningRateAt(schedule, { step: index + 1, steps, stepsPerEpoch }),
  );
}

test('constant and linear', () => {
  expect(rates({ kind: 'constant', learningRate: 0.5 }, 2)).toEqual([0.5, 0.5]);
  expect(rates({ kind: 'linear', learningRate: 1, final: 0 }, 5)).toEqual([1, 0.75, 0.5, 0.25, 0]);
  expect(rates({ kind: 'linear', learningRate: 1, final: 0 }, 1)).toEqual([1]);
});

test('half a cosine begins and ends flat and is halfway in the middle', () => {
  const [first, second, , , middle, , , , last] = rates({ kind: 'cosine', learningRate: 0.3, final: 0.1 });
  expect(first).toBeCloseTo(0.3, 12);
  expect(second).toBeCloseTo(0.29239, 5);
  expect(middle).toBeCloseTo(0.2, 12);
  expect(last).toBeCloseTo(0.1, 12);
});

test('steps fall at epochs', () => {
  const found = rates({ kind: 'step', learningRate: 1, factor: 0.1, every: 2 });
  expect(found.map((rate) => Number(rate.toPrecision(6)))).toEqual([1, 1, 1, 1, 1, 1, 0.1, 0.1, 0.1]);
});

test('a rate that is none is refused', () => {
  expect(() => rates({ kind: 'linear', learningRate: 1, final: -1 })).toThrow(/linear.*got -.*wanted a number from 0/);
  expect(() => rates({ kind: 'step', learningRate: 1, factor: Infinity, every: 1 })).toThrow(/step/);
});
