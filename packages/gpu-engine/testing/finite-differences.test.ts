import { describe, expect, test } from 'vitest';
import { expectationOf, differentiableInputsOf } from './expectation.ts';
import { Random, seedFrom } from './random.ts';
import type { Float64Tensor, OpCase, OpSuite } from './reference.ts';
import { suites } from './suites.ts';
import { mapTensor, required, toFloat64 } from './tensor.ts';

const CASES = 40;
const SEED = 11;
// Steps of at most 2e-4 stay between kinks, which smooth cases keep 1e-3 apart.
const STEP = 1e-4;

/** Σ cotangent · output, as it changes along `direction` in one input. */
function slopeOf(
  suite: OpSuite,
  testCase: OpCase,
  cotangents: readonly (Float64Tensor | undefined)[],
  input: number,
  direction: Float64Tensor,
): { slope: number; magnitude: number } {
  const inputs = testCase.inputs.map(toFloat64);
  let magnitude = 0;
  const along = (distance: number) => {
    const moved = mapTensor(required(inputs, input), (value, i) => value + distance * direction.data[i]!);
    const outputs = suite.reference.forward(inputs.with(input, moved), testCase.attributes);
    let sum = 0;
    magnitude = 0;
    outputs.forEach((output, k) =>
      output.data.forEach((value, i) => {
        const term = value * (cotangents[k]?.data[i] ?? 0);
        sum += term;
        magnitude += Math.abs(term);
      }),
    );
    return sum;
  };
  // The five-point central difference, whose error falls with the fourth power of the step.
  const near = along(STEP) - along(-STEP);
  const far = along(2 * STEP) - along(-2 * STEP);
  return { slope: (8 * near - far) / (12 * STEP), magnitude };
}

describe.each(suites.filter((suite) => suite.reference.vjp !== undefined))('$op', (suite) => {
  test('its vector-Jacobian product is the slope along random directions', () => {
    for (const testCase of suite.cases(SEED, CASES, { smooth: true })) {
      const { cotangents, gradients } = expectationOf(suite, testCase, SEED);
      const seeds = cotangents.map((cotangent) => (cotangent === undefined ? undefined : toFloat64(cotangent)));
      for (const input of differentiableInputsOf(suite, testCase)) {
        const random = new Random(seedFrom(testCase.description, input));
        const gradient = required(gradients, input);
        expect(gradient.shape, testCase.description).toEqual(testCase.inputs[input]?.shape);
        const direction = mapTensor(gradient, () => random.uniform(-1, 1));
        const { slope, magnitude } = slopeOf(suite, testCase, seeds, input, direction);
        const terms = gradient.data.map((value, i) => value * direction.data[i]!);
        const want = terms.reduce((sum, term) => sum + term, 0);
        const scale = terms.reduce((sum, term) => sum + Math.abs(term), 0);
        // The second part is what rounding of the sums themselves leaves in a difference over 1e-4.
        const allowed = 1e-6 * scale + 1e-10 * magnitude;
        expect(
          Math.abs(slope - want),
          `${testCase.description}, input ${input}: ${slope}, not ${want}`,
        ).toBeLessThanOrEqual(allowed);
      }
    }
  });

  test('inputs without a gradient have none', () => {
    for (const testCase of suite.cases(SEED, 5)) {
      const { gradients } = expectationOf(suite, testCase, SEED);
      const present = gradients.flatMap((gradient, input) => (gradient === undefined ? [] : [input]));
      expect(present).toEqual(differentiableInputsOf(suite, testCase));
    }
  });
});
