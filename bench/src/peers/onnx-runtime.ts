import * as ort from 'onnxruntime-web/webgpu';
import { readOnnx } from '@convscope/formats';
import {
  elementCount,
  float32Tensor,
  ParameterSet,
  Plan,
  Random,
  withInputShapes,
  type GpuDevice,
} from '@convscope/gpu-engine';
import { oneByOne, type Contender } from '../measure.ts';
import { seedFile } from '../networks/onnx-files.ts';
import { CONVSCOPE } from './convscope-graph.ts';

export const ONNX_RUNTIME = 'ONNX Runtime Web';
export const onnxRuntimeVersion: string = ort.env.versions.web ?? 'unknown';

/** One ONNX file on both sides. */
export interface OnnxPair {
  readonly contenders: readonly Contender[];
  /** Milliseconds from the file's bytes to the first scores, compilation included. */
  readonly firstRuns: { readonly ours: number; readonly theirs: number };
  /** The largest difference of the scores, as a part of the largest score. */
  readonly difference: number;
  readonly dispose: () => Promise<void>;
}

/** One side with the file opened: uploads the input, runs, reads the scores back. */
interface Opened {
  readonly forward: () => Promise<Float32Array>;
  readonly dispose: () => unknown;
}

/**
 * Loads ONNX Runtime's wasm, which lies at `base`: what is compared is what a model takes. A session that cannot be made
 * has made it load all the same.
 */
export async function wakeOnnxRuntime(base: string): Promise<void> {
  ort.env.wasm.wasmPaths = base;
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const options = { executionProviders: ['wasm'] };
  const session = await ort.InferenceSession.create(seedFile.bytes(), options).catch(() => undefined);
  await session?.release();
}

/** Runs the file once on each side, ours first. `shape` is that of its one input. */
export async function openOnnxPair(device: GpuDevice, bytes: Uint8Array, shape: readonly number[]): Promise<OnnxPair> {
  const random = new Random(2);
  const picture = Float32Array.from({ length: elementCount(shape) }, () => random.uniform());
  const begin = performance.now();
  const ours = await openOurs(device, bytes, shape, picture);
  const scores = await ours.forward();
  const middle = performance.now();
  const theirs = await openTheirs(bytes, shape, picture);
  const theirScores = await theirs.forward();
  const end = performance.now();
  return {
    contenders: [
      { name: CONVSCOPE, run: oneByOne(ours.forward) },
      { name: ONNX_RUNTIME, run: oneByOne(theirs.forward) },
    ],
    firstRuns: { ours: middle - begin, theirs: end - middle },
    difference: relativeDifference(scores, theirScores),
    dispose: async () => {
      ours.dispose();
      await theirs.dispose();
    },
  };
}

async function openOurs(
  device: GpuDevice,
  bytes: Uint8Array,
  shape: readonly number[],
  picture: Float32Array<ArrayBuffer>,
): Promise<Opened> {
  const model = readOnnx(bytes, 'model.onnx');
  const graph = withInputShapes(model.graph, new Map([[model.input, shape]]));
  const plan = await Plan.compile(device, graph, { outputs: [model.logits] });
  const parameters = await ParameterSet.create(device, model.parameters);
  const instance = await plan.instantiate(parameters);
  const inputs = { [model.input]: float32Tensor(shape, picture) };
  const forward = async () => {
    const scores = (await instance.run({ inputs })).get(model.logits);
    if (scores === undefined) throw new Error('the plan gives no scores');
    return (await scores.read()).data as Float32Array;
  };
  const dispose = () => {
    for (const owner of [instance, plan, parameters]) owner.dispose();
  };
  return { forward, dispose };
}

async function openTheirs(
  bytes: Uint8Array,
  shape: readonly number[],
  picture: Float32Array<ArrayBuffer>,
): Promise<Opened> {
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['webgpu'] });
  const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]];
  const forward = async () => {
    const results = await session.run({ [input]: new ort.Tensor('float32', picture, shape) });
    return (await results[output]?.getData()) as Float32Array;
  };
  return { forward, dispose: () => session.release() };
}

function relativeDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return NaN;
  const scale = a.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] as number))), 0) / scale;
}
