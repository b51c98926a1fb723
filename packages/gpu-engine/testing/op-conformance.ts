import {
  backward,
  GraphBuilder,
  opNamed,
  ParameterSet,
  Plan,
  type GpuDevice,
  type Graph,
  type PlanOptions,
  type TensorData,
} from '../src/index.ts';
import { compareTensors } from './compare.ts';
import { expectationOf, type Expectation } from './expectation.ts';
import type { Float64Tensor, OpCase, OpInput, OpSuite } from './reference.ts';

export interface ConformanceOptions extends PlanOptions {
  readonly seed: number;
  readonly count: number;
}

/** Cases on their way at once: while one waits for the GPU, others are prepared and compared. */
const IN_FLIGHT = 8;

/** Convolutions have forms by stride, pad and layout of depthwise ones, by kernel sizes, and by how tall tiles are. */
const MOST_PIPELINES = new Map([['conv2d', 40]]);

/** Kernels that a device may have to compile for all cases of an op and its gradients. */
export function mostPipelines({ op }: OpSuite): number {
  return MOST_PIPELINES.get(op) ?? 12;
}

/**
 * Runs an op's cases on a device, forward and backward, and compares with the float64 reference. Gives one message a
 * disagreement, at least ten where there are as many; none where all is well.
 */
export async function opDisagreements(
  device: GpuDevice,
  suite: OpSuite,
  { seed, count, ...options }: ConformanceOptions,
): Promise<string[]> {
  const messages: string[] = [];
  const parameters = await ParameterSet.create(device, new Map());
  const cases = suite.cases(seed, count)[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = cases.next(); next.done !== true && messages.length < 10; next = cases.next()) {
      const testCase = next.value;
      const found = await caseDisagreements(device, parameters, suite, testCase, seed, options).catch(
        (error: unknown) => [String(error)],
      );
      messages.push(...found.map((message) => `${suite.op}, ${testCase.description}: ${message}`));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  parameters.dispose();
  return messages;
}

async function caseDisagreements(
  device: GpuDevice,
  parameters: ParameterSet,
  suite: OpSuite,
  testCase: OpCase,
  seed: number,
  options: PlanOptions,
): Promise<string[]> {
  const expectation = expectationOf(suite, testCase, seed);
  const forward = forwardGraph(suite, testCase);
  const inputs = Object.fromEntries(testCase.inputs.map((input, index) => [`input${index}`, tensorData(input)]));
  const backwards = backwardGraph(suite, forward, expectation);
  const graph = backwards?.graph ?? forward;
  const seeds = backwards === undefined ? {} : { seed: tensorData(backwards.cotangent) };
  const results = await runOnce(device, parameters, graph, { ...inputs, ...seeds }, options);
  const messages: string[] = [];
  const compare = (what: string, got: TensorData | undefined, want: Float64Tensor) => {
    const message = got === undefined ? 'is missing' : compareTensors(got.data, want, suite.tolerance);
    if (message !== undefined) messages.push(`${what}: ${message}`);
  };
  expectation.outputs.forEach((want, index) =>
    compare(`output ${index}`, results.get(forward.outputs[index] as string), want),
  );
  backwards?.gradients.forEach((name, input) => {
    compare(`gradient of input ${input}`, results.get(name), expectation.gradients[input] as Float64Tensor);
  });
  return messages;
}

/** The graph with the gradients of every input that the reference has one for, from one seeded output. */
function backwardGraph(suite: OpSuite, forward: Graph, { gradients, cotangents }: Expectation) {
  const wanted = gradients.flatMap((gradient, index) => (gradient === undefined ? [] : [index]));
  const seeded = cotangents.flatMap((cotangent, index) => (cotangent === undefined ? [] : [index]));
  const differentiable = opNamed(suite.op, suite.op).gradient !== undefined;
  if (!differentiable || wanted.length === 0 || seeded.length !== 1) return undefined;
  const [output] = seeded as [number];
  const cotangent = cotangents[output] as OpInput;
  const builder = new GraphBuilder(forward);
  const seed = builder.input('seed', 'float32', cotangent.shape);
  const result = backward(builder.build(), {
    of: forward.outputs[output] as string,
    seed,
    wrt: wanted.map((index) => `input${index}`),
  });
  const names = new Map(wanted.map((index) => [index, result.cotangents.get(`input${index}`) as string]));
  return { graph: { ...result.graph, outputs: [...forward.outputs, ...names.values()] }, gradients: names, cotangent };
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
  options: PlanOptions,
): Promise<ReadonlyMap<string, TensorData>> {
  const plan = await Plan.compile(device, graph, options);
  const instance = await plan.instantiate(parameters);
  try {
    const tensors = [...(await instance.run({ inputs }))];
    return new Map(await Promise.all(tensors.map(async ([name, tensor]) => [name, await tensor.read()] as const)));
  } finally {
    instance.dispose();
    plan.dispose();
  }
}

function tensorData({ dtype, shape, data }: OpInput): TensorData {
  return { dtype, shape, data };
}
