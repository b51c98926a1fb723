import { Random, seedFrom } from './random.ts';
import type { Float64Tensor, OpCase, OpInput, OpSuite } from './reference.ts';
import { toFloat64 } from './tensor.ts';
import { float32 } from './values.ts';

/** What the engine must give for one case, forward and backward. */
export interface Expectation {
  /** One per output. */
  readonly outputs: readonly Float64Tensor[];
  /** One per output: the float32 cotangent to seed the backward pass with; undefined where the output takes none. */
  readonly cotangents: readonly (OpInput | undefined)[];
  /** One per input: the gradient of Σ cotangent · output; undefined where the input has none. */
  readonly gradients: readonly (Float64Tensor | undefined)[];
}

/** The results of a case by its reference, with seeded cotangents that float32 holds exactly. */
export function expectationOf(suite: OpSuite, testCase: OpCase, seed: number): Expectation {
  const inputs = testCase.inputs.map(toFloat64);
  const outputs = suite.reference.forward(inputs, testCase.attributes);
  const random = new Random(seedFrom('cotangent', testCase.description, seed));
  const cotangents = outputs.map(({ shape }, index) =>
    suite.differentiableOutputs.includes(index) ? float32(shape, () => random.bell() + 0.25) : undefined,
  );
  const gradients =
    suite.reference.vjp?.(
      inputs,
      testCase.attributes,
      cotangents.map((cotangent) => (cotangent === undefined ? undefined : toFloat64(cotangent))),
    ) ?? inputs.map(() => undefined);
  return { outputs, cotangents, gradients };
}

/** The positions of the inputs that have a gradient in this case. */
export function differentiableInputsOf(suite: OpSuite, testCase: OpCase): readonly number[] {
  if (suite.differentiableInputs !== 'all') return suite.differentiableInputs;
  return testCase.inputs.map((_, index) => index);
}
