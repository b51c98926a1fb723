import type { Tensor } from '@convscope/gpu-engine';
import { valueOf, type Graph, type TensorData } from '@convscope/gpu-engine/graph';
import type { Session } from '../session.ts';

/** A layer's values for the input, in CPU memory. */
export async function layerValues(
  session: Session,
  input: TensorData<'float32'>,
  layer: string,
  signal: AbortSignal | undefined,
): Promise<TensorData<'float32'>> {
  const build = (graph: Graph): Graph => ({ ...graph, outputs: [valueOf(graph, layer).name] });
  const inputs = { [session.model.input]: input };
  const results = await session.run(`feature-maps ${layer} undefined`, input, build, { inputs, signal });
  return (await (results.values().next().value as Tensor).read()) as TensorData<'float32'>;
}

/** Picture n of a batch as a batch of one; the numbers are shared. */
export function pictureAt({ shape, data }: TensorData<'float32'>, n: number): TensorData<'float32'> {
  const size = data.length / (shape[0] as number);
  return { dtype: 'float32', shape: [1, ...shape.slice(1)], data: data.subarray(n * size, (n + 1) * size) };
}

/** The same picture [1, C, H, W] `count` times. */
export function repeated({ shape, data }: TensorData<'float32'>, count: number): TensorData<'float32'> {
  const copies = new Float32Array(count * data.length);
  for (let n = 0; n < count; n++) copies.set(data, n * data.length);
  return { dtype: 'float32', shape: [count, ...shape.slice(1)], data: copies };
}
