import type { Tensor } from '@convscope/gpu-engine';
import {
  backward,
  elementCount,
  GraphBuilder,
  throwIfCancelled,
  valueOf,
  type Graph,
  type TensorData,
} from '@convscope/gpu-engine/graph';
import type { MethodRequest, MethodResult } from '../method.ts';
import type { Session } from '../session.ts';
import { pictureAt } from './layer-values.ts';
import { softmax } from './softmax.ts';
import { classStart, SEED, type Start } from './start.ts';

/** Elements of one batch of perturbed inputs, at most. */
const LARGEST_BATCH = 2 ** 21;
const MOST_PICTURES = 64;

/** How many pictures of this shape [1, C, H, W] are computed at a time: as many as the network takes and memory holds. */
export function batchSize({ fixedBatch }: Session, shape: readonly number[], wanted: number): number {
  if (fixedBatch === 1) return 1;
  const room = Math.max(1, Math.floor(LARGEST_BATCH / elementCount(shape.slice(1))));
  return Math.min(wanted, MOST_PICTURES, room);
}

/** What one picture's attribution is made with. */
export interface PictureRequest {
  /** [1, C, H, W]. */
  readonly picture: TensorData<'float32'>;
  readonly target: number;
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal | undefined;
}

export interface PictureResult {
  /** Of `shape` without its batch. */
  readonly data: Float32Array;
  readonly shape: readonly number[];
  readonly measures?: Readonly<Record<string, number>>;
}

/** Runs `attribute` for each picture of the batch and its class, and stacks what it gives. */
export async function eachPicture(
  session: Session,
  request: MethodRequest,
  attribute: (request: PictureRequest) => Promise<PictureResult>,
): Promise<Omit<MethodResult, 'sign'>> {
  const start: Start = await classStart(session, request);
  const { input, signal, onProgress } = request;
  const [batch, ...single] = input.shape as [number, ...number[]];
  const results: PictureResult[] = [];
  for (let n = 0; n < batch; n++) {
    throwIfCancelled(signal);
    const picture = pictureAt(input, n);
    const target = start.targets?.[n]?.index ?? 0;
    results.push(await attribute({ picture, target, signal, onProgress: (done) => onProgress?.((n + done) / batch) }));
  }
  const shape = [batch, ...(results[0]?.shape ?? single)];
  const data = new Float32Array(elementCount(shape));
  results.forEach((result, n) => data.set(result.data, n * result.data.length));
  const names = Object.keys(results[0]?.measures ?? {});
  const measures = names.map((name) => [name, results.map((result) => result.measures?.[name] ?? Number.NaN)] as const);
  return {
    tensor: await session.device.upload({ dtype: 'float32', shape, data }),
    ...(start.targets === undefined ? {} : { targets: start.targets }),
    ...(measures.length === 0 ? {} : { measures: Object.fromEntries(measures) }),
    remarks: start.remarks,
  };
}

/** The gradients of one class score for a batch of inputs [B, C, H, W]. */
export async function classGradients(
  session: Session,
  inputs: TensorData<'float32'>,
  target: number,
  signal: AbortSignal | undefined,
): Promise<TensorData> {
  const { input, logits } = session.model;
  const [batch, classes] = valueOf(session.graphFor(inputs), logits).shape as [number, number];
  const seed = { dtype: 'float32', shape: [batch, classes], data: new Float32Array(batch * classes) } as const;
  for (let n = 0; n < batch; n++) seed.data[n * classes + target] = 1;
  const build = (graph: Graph): Graph => {
    const builder = new GraphBuilder(graph);
    builder.input(SEED, 'float32', seed.shape);
    const result = backward(builder.build(), { of: logits, seed: SEED, wrt: [input] });
    return { ...result.graph, outputs: [result.cotangents.get(input) as string] };
  };
  const results = await session.run('gradients of a batch', inputs, build, {
    inputs: { [input]: inputs, [SEED]: seed },
    signal,
  });
  return (results.values().next().value as Tensor).read();
}

/** The logits of one class for a batch of inputs [B, C, H, W], in CPU or GPU memory. */
export async function classScores(
  session: Session,
  inputs: TensorData<'float32'> | Tensor,
  target: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  return scoresOf(await session.logits(inputs, signal), target);
}

/** The column of one class of logits [B, classes]. */
export function scoresOf({ data, shape }: TensorData, target: number): Float64Array {
  const [count, classes] = shape as [number, number];
  return Float64Array.from({ length: count }, (_, n) => data[n * classes + target] as number);
}

/** The probability of one class for each of a batch of inputs [B, C, H, W]. */
export async function classProbabilities(
  session: Session,
  inputs: TensorData<'float32'>,
  target: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { data, shape } = await session.logits(inputs, signal);
  const [count, classes] = shape as [number, number];
  const row = (n: number) => data.subarray(n * classes, (n + 1) * classes);
  return Float64Array.from({ length: count }, (_, n) => softmax(row(n))[target] ?? 0);
}
