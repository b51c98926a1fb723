import { describe, expect, test } from 'vitest';
import { expectationOf } from './expectation.ts';
import type { OpCase } from './reference.ts';
import { suites } from './suites.ts';
import { sizeOf } from './tensor.ts';

/** What a case is and the sum of its values. */
function fingerprint({ description, inputs }: OpCase): [string, number[]] {
  return [description, inputs.map(({ data }) => Array.from(data).reduce((sum, value) => sum + value, 0))];
}

test('every suite has a name of its own', () => {
  expect(new Set(suites.map(({ op, title = op }) => title)).size).toBe(suites.length);
});

describe.each(suites)('$op', (suite) => {
  test('gives 200 distinct cases, the same ones for the same seed', () => {
    const cases = [...suite.cases(5, 200)];
    expect(new Set(cases.map(({ description }) => description)).size).toBe(200);
    expect([...suite.cases(5, 20)].map(fingerprint)).toEqual(cases.slice(0, 20).map(fingerprint));
    expect([...suite.cases(6, 1)][0]?.description).toBe(cases[0]?.description);
    for (const { description, inputs } of cases) {
      for (const { shape, data } of inputs) expect(data.length, description).toBe(sizeOf(shape));
    }
  });

  test('expects finite numbers of the shapes and dtypes that it promises', () => {
    for (const testCase of suite.cases(5, 60)) {
      const { outputs, gradients } = expectationOf(suite, testCase, 5);
      expect(outputs.length).toBe(suite.outputs.length);
      outputs.forEach((output, index) => {
        expect(output.data.length, testCase.description).toBe(sizeOf(output.shape));
        const fits = suite.outputs[index] === 'int32' ? Number.isSafeInteger : Number.isFinite;
        expect(
          output.data.every((value) => fits(value)),
          testCase.description,
        ).toBe(true);
      });
      gradients.forEach((gradient, index) => {
        if (gradient === undefined) return;
        expect(gradient.shape, testCase.description).toEqual(testCase.inputs[index]?.shape);
        expect(gradient.data.every(Number.isFinite), testCase.description).toBe(true);
      });
    }
  });
});
