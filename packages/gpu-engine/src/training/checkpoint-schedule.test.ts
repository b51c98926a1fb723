import { expect, test } from 'vitest';
import { DEFAULT_CHECKPOINTS, isCheckpoint, parseCheckpointSchedule } from './checkpoint-schedule.ts';

test.each<[string, unknown]>([
  ['steps 0,10,30,100,300, then every epoch', DEFAULT_CHECKPOINTS],
  ['0, 10', { steps: [0, 10] }],
  ['every 50 steps', { steps: [], everySteps: 50 }],
  ['Steps 0, then every 2 epochs', { steps: [0], everyEpochs: 2 }],
])('%s', (text, schedule) => {
  expect(parseCheckpointSchedule(text)).toEqual(schedule);
});

test('an ellipsis goes on tenfold', () => {
  const { steps, everyEpochs } = parseCheckpointSchedule('steps 0, 10, 30, ..., then every epoch');
  expect(steps.slice(0, 7)).toEqual([0, 10, 30, 100, 300, 1000, 3000]);
  expect(everyEpochs).toBe(1);
  expect(parseCheckpointSchedule('1,3,…').steps.at(-1)).toBe(1_000_000_000);
});

test.each([
  ['', /part 1.*got ""/],
  ['10, 5', /do not grow.*got 5 after 10/],
  ['0, 10, …', /ellipsis/],
  ['every 0 steps', /part 1/],
  ['steps 1, sometimes', /part 2.*"sometimes"; wanted such as/],
  ['99999999999', /part 1/],
])('refuses %j', (text, message) => {
  expect(() => parseCheckpointSchedule(text)).toThrow(message);
});

test('due steps: those listed, the ends of epochs, and the last', () => {
  const due = (text: string) =>
    Array.from({ length: 12 }, (_, step) => step).filter((step) =>
      isCheckpoint(parseCheckpointSchedule(text), { step, steps: 11, stepsPerEpoch: 3 }),
    );
  expect(due('0, 1, then every epoch')).toEqual([0, 1, 3, 6, 9, 11]);
  expect(due('every 4 steps')).toEqual([4, 8, 11]);
  expect(due('every 2 epochs')).toEqual([6, 11]);
});
