export { compareTensors } from './compare.ts';
export { differentiableInputsOf, expectationOf, type Expectation } from './expectation.ts';
export { Random, seedFrom } from './random.ts';
export type { CaseOptions, Float64Tensor, OpCase, OpInput, OpSuite, Reference, Tolerance } from './reference.ts';
export { suites } from './suites.ts';
export { tensorOf, toFloat64 } from './tensor.ts';
