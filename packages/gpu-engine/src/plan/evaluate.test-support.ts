import { Plan, type PlanOptions } from './plan.ts';
import { ParameterSet } from './parameter-set.ts';
import type { GpuDevice } from '../device/gpu-device.ts';
import type { RunOptions } from './instance.ts';
import { elementCount, float32Tensor, GraphBuilder, type Graph, type TensorData } from '../graph/index.ts';

export interface Evaluation extends PlanOptions, RunOptions {
  readonly parameters?: Readonly<Record<string, TensorData>>;
}

/** Runs a graph once and reads its results, as plain numbers by name. */
export async function evaluate(
  device: GpuDevice,
  graph: Graph,
  { parameters: tensors = {}, ...options }: Evaluation = {},
): Promise<Record<string, number[]>> {
  const parameters = await ParameterSet.create(device, new Map(Object.entries(tensors)));
  const plan = await Plan.compile(device, graph, options);
  try {
    const instance = await plan.instantiate(parameters);
    const results = await instance.run(options);
    const read: Record<string, number[]> = {};
    for (const [name, tensor] of results) read[name] = [...(await tensor.read()).data];
    instance.dispose();
    return read;
  } finally {
    plan.dispose();
    parameters.dispose();
  }
}

/** Values between -1 and 1 without a pattern, the same every time. */
export function values(shape: readonly number[], seed = 1): TensorData<'float32'> {
  let state = seed * 7919;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  return float32Tensor(
    shape,
    Array.from({ length: elementCount(shape) }, () => next()),
  );
}

/** x [2, 3, 12, 12] -> two convolutions with batch norm, pooling and a skip -> logits [2, 5]. */
export function smallNetwork(): { graph: Graph; parameters: Record<string, TensorData>; x: TensorData } {
  const builder = new GraphBuilder();
  const parameters: Record<string, TensorData> = {};
  const parameter = (name: string, shape: readonly number[]) => {
    parameters[name] = values(shape, Object.keys(parameters).length + 2);
    return builder.parameter(name, shape);
  };
  builder.input('x', 'float32', [2, 3, 12, 12]);
  builder.op('conv2d', ['x', parameter('w1', [8, 3, 3, 3])], { pads: [1, 1, 1, 1] }, 'conv1');
  builder.node('batchNorm', ['conv1', parameter('scale', [8]), parameter('shift', [8])], {}, 'norm1');
  builder.op('relu', ['norm1'], {}, 'relu1');
  builder.op('conv2d', ['relu1', parameter('w2', [8, 8, 3, 3])], { pads: [1, 1, 1, 1] }, 'conv2');
  builder.op('add', ['conv2', 'relu1'], {}, 'skip');
  builder.node('maxPool', ['skip'], { kernelSize: [2, 2], strides: [2, 2] }, 'pool');
  builder.op('flatten', ['pool'], {}, 'flat');
  builder.op('dense', ['flat', parameter('w3', [5, 288])], {}, 'logits');
  builder.alias('scores', 'logits');
  builder.output('logits');
  return { graph: builder.build(), parameters, x: values([2, 3, 12, 12], 50) };
}
