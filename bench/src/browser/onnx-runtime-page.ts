import * as ort from 'onnxruntime-web/webgpu';
import { readOnnx } from '@convscope/formats';
import {
  elementCount,
  float32Tensor,
  GpuDevice,
  ParameterSet,
  Plan,
  Random,
  withInputShapes,
} from '@convscope/gpu-engine';

/** What the page is asked to measure; the file's one input takes a float32 tensor of this shape. */
export interface PageRequest {
  readonly url: string;
  readonly shape: readonly number[];
  readonly rounds: number;
  /** No round begins after so much time, once there are two. */
  readonly milliseconds: number;
}

/** Milliseconds. */
export interface PageReport {
  readonly adapter: string;
  /** From the file's bytes to the first scores. */
  readonly ourFirst: number;
  readonly theirFirst: number;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /** The largest difference of the scores, as a part of the largest score. */
  readonly difference: number;
}

type Forward = () => Promise<Float32Array>;

async function measureOnnx({ url, shape, rounds, milliseconds }: PageRequest): Promise<PageReport> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const random = new Random(2);
  const picture = Float32Array.from({ length: elementCount(shape) }, () => random.uniform());
  // The runtime's own wasm is loaded before: what is compared is what a model takes.
  ort.env.wasm.wasmPaths = new URL('./', location.href).href;
  ort.env.logLevel = 'error';
  await wake(url);
  const device = await GpuDevice.request(navigator.gpu);

  const begin = performance.now();
  const ours = await openOurs(device, bytes, shape, picture);
  const scores = await ours();
  const middle = performance.now();
  const theirs = await openTheirs(bytes, shape, picture);
  const theirScores = await theirs();
  const end = performance.now();

  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    if (round >= 2 && performance.now() - end > milliseconds) break;
    times.ours.push(await timed(ours));
    times.theirs.push(await timed(theirs));
  }
  return {
    adapter: device.adapter.description || `${device.adapter.vendor} ${device.adapter.architecture}`,
    ourFirst: middle - begin,
    theirFirst: end - middle,
    ...times,
    difference: relativeDifference(scores, theirScores),
  };
}

/** Loads ONNX Runtime's wasm: a session that cannot be made has made it load all the same. */
async function wake(url: string): Promise<void> {
  const seed = new Uint8Array(await (await fetch(new URL('seed.onnx', url))).arrayBuffer());
  const session = await ort.InferenceSession.create(seed, { executionProviders: ['wasm'] }).catch(() => undefined);
  await session?.release();
}

async function openOurs(
  device: GpuDevice,
  bytes: Uint8Array<ArrayBuffer>,
  shape: readonly number[],
  picture: Float32Array<ArrayBuffer>,
): Promise<Forward> {
  const model = readOnnx(bytes, 'model.onnx');
  const graph = withInputShapes(model.graph, new Map([[model.input, shape]]));
  const plan = await Plan.compile(device, graph, { outputs: [model.logits] });
  const instance = await plan.instantiate(await ParameterSet.create(device, model.parameters));
  const inputs = { [model.input]: float32Tensor(shape, picture) };
  return async () => {
    const scores = (await instance.run({ inputs })).get(model.logits);
    if (scores === undefined) throw new Error('the plan gives no scores');
    return (await scores.read()).data as Float32Array;
  };
}

async function openTheirs(
  bytes: Uint8Array,
  shape: readonly number[],
  picture: Float32Array<ArrayBuffer>,
): Promise<Forward> {
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['webgpu'] });
  const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]];
  return async () => {
    const results = await session.run({ [input]: new ort.Tensor('float32', picture, shape) });
    return (await results[output]?.getData()) as Float32Array;
  };
}

async function timed(work: Forward): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function relativeDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return NaN;
  const scale = a.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] as number))), 0) / scale;
}

Object.assign(window, { measureOnnx });
