import {
  backward,
  GraphBuilder,
  opNamed,
  ParameterSet,
  Plan,
  Tensor,
  type GpuDevice,
  type Graph,
  type TensorData,
} from '../src/index.ts';
import { compareTensors } from './compare.ts';
import { expectationOf } from './expectation.ts';
import type { Float64Tensor, OpCase, OpInput, OpSuite } from './reference.ts';

export interface ConformanceOptions {
  readonly seed: number;
  readonly count: number;
  readonly kernels?: 'fast' | 'naive';
}

/**
 * Runs an op's cases on a device, forward and backward, and compares with the float64 reference. Gives one message a
 * disagreement, at most ten; none where all is well.
 */
export async function opDisagreements(
  device: GpuDevice,
  suite: OpSuite,
  { seed, count, kernels = 'fast' }: ConformanceOptions,
): Promise<string[]> {
  const messages: string[] = [];
  const parameters = await ParameterSet.create(device, new Map());
  for (const testCase of suite.cases(seed, count)) {
    const found = await caseDisagreements(device, parameters, suite, testCase, seed, kernels).catch(
      (error: unknown) => [String(error)],
    );
    messages.push(...found.map((message) => `${suite.op}, ${testCase.description}: ${message}`));
    if (messages.length >= 10) break;
  }
  parameters.dispose();
  return messages;
}

async function caseDisagreements(
  device: GpuDevice,
  parameters: ParameterSet,
  suite: OpSuite,
  testCase: OpCase,
  seed: number,
  kernels: 'fast' | 'naive',
): Promise<string[]> {
  const expectation = expectationOf(suite, testCase, seed);
  const forward = forwardGraph(suite, testCase);
  const messages: string[] = [];
  const compare = (what: string, got: TensorData | undefined, want: Float64Tensor) => {
    const message = got === undefined ? 'is missing' : compareTensors(got.data, want, suite.tolerance);
    if (message !== undefined) messages.push(`${what}: ${message}`);
  };
  const inputs = Object.fromEntries(testCase.inputs.map((input, index) => [`input${index}`, tensorData(input)]));

  const outputs = await runOnce(device, parameters, forward, inputs, kernels);
  expectation.outputs.forEach((want, index) => compare(`output ${index}`, outputs[index], want));

  const wanted = expectation.gradients?.flatMap((gradient, index) => (gradient === undefined ? [] : [index])) ?? [];
  const seeded = expectation.cotangents.flatMap((cotangent, index) => (cotangent === undefined ? [] : [index]));
  const differentiable = opNamed(suite.op, suite.op).gradient !== undefined;
  if (!differentiable || wanted.length === 0 || seeded.length !== 1) return messages;
  const [output] = seeded as [number];
  const cotangent = expectation.cotangents[output] as OpInput;
  const builder = new GraphBuilder(forward);
  const seedName = builder.input('seed', 'float32', cotangent.shape);
  const { graph, cotangents } = backward(builder.build(), {
    of: forward.outputs[output] as string,
    seed: seedName,
    wrt: wanted.map((index) => `input${index}`),
  });
  const names = wanted.map((index) => cotangents.get(`input${index}`) as string);
  const seedData = tensorData(cotangent);
  const gradients = await runOnce(
    device,
    parameters,
    { ...graph, outputs: names },
    { ...inputs, seed: seedData },
    kernels,
  );
  wanted.forEach((input, index) => {
    compare(`gradient of input ${input}`, gradients[index], expectation.gradients?.[input] as Float64Tensor);
  });
  return messages;
}

function forwardGraph(suite: OpSuite, { inputs, attributes }: OpCase): Graph {
  const builder = new GraphBuilder();
  const names = inputs.map(({ dtype, shape }, index) => builder.input(`input${index}`, dtype, shape));
  builder.output(...builder.node(suite.op, names, attributes, 'result'));
  return builder.build();
}

async function runOnce(
  device: GpuDevice,
  parameters: ParameterSet,
  graph: Graph,
  inputs: Readonly<Record<string, TensorData>>,
  kernels: 'fast' | 'naive',
): Promise<TensorData[]> {
  const plan = await Plan.compile(device, graph, { kernels });
  const instance = await plan.instantiate(parameters);
  try {
    const results = await instance.run({ inputs });
    return await Promise.all(graph.outputs.map(async (name) => (results.get(name) as Tensor).read()));
  } finally {
    instance.dispose();
    plan.dispose();
  }
}

function tensorData({ dtype, shape, data }: OpInput): TensorData {
  return { dtype, shape, data } as TensorData;
}
