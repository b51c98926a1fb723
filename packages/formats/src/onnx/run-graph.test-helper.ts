import { ParameterSet, Plan, type Graph, type GpuDevice, type TensorData } from '@convscope/gpu-engine';

/** Runs a graph once: CPU tensors in, CPU tensors out by the names asked for. */
export async function runGraph(
  device: GpuDevice,
  graph: Graph,
  parameters: ReadonlyMap<string, TensorData>,
  inputs: Readonly<Record<string, TensorData>>,
  outputs: readonly string[] = graph.outputs,
): Promise<ReadonlyMap<string, TensorData>> {
  const plan = await Plan.compile(device, graph, { outputs });
  const set = await ParameterSet.create(device, parameters);
  const instance = await plan.instantiate(set);
  try {
    const results = new Map<string, TensorData>();
    for (const [name, tensor] of await instance.run({ inputs })) results.set(name, await tensor.read());
    return results;
  } finally {
    instance.dispose();
    set.dispose();
    plan.dispose();
  }
}

/** The largest difference, as a part of the largest wanted value. */
export function relativeError(got: TensorData, wanted: TensorData): number {
  let difference = 0;
  let largest = 0;
  wanted.data.forEach((value, index) => {
    const distance = Math.abs(value - (got.data[index] ?? NaN));
    difference = Number.isNaN(distance) ? Infinity : Math.max(difference, distance);
    largest = Math.max(largest, Math.abs(value));
  });
  return got.data.length === wanted.data.length ? difference / largest : Infinity;
}
