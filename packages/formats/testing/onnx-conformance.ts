import { ConvscopeError, concreteShape, type GpuDevice, type TensorData } from '@convscope/gpu-engine';
import { engineTensor, type ConstantTensor } from '../src/onnx/constant-tensor.ts';
import { decodeMessage, decodeModel } from '../src/onnx/decode.ts';
import { isFloatType } from '../src/onnx/element-type.ts';
import { unsupportedText } from '../src/onnx/inspect-onnx.ts';
import { readOnnxGraph, type OnnxGraph } from '../src/onnx/read-graph.ts';
import { readTensor } from '../src/onnx/read-tensor.ts';
import { runGraph } from '../src/onnx/run-graph.test-helper.ts';
import { TensorProtoSchema, type ValueInfoProto } from '../src/onnx/schema.gen.ts';

/** One of ONNX's backend tests: a model, and sets of inputs with the outputs that it must give for them. */
export interface ConformanceCase {
  readonly name: string;
  readonly model: Uint8Array;
  readonly sets: readonly ConformanceSet[];
}

interface ConformanceSet {
  /** TensorProto messages; `ramp` where the case has none and ONNX's own runner makes them ({@link rampInputs}). */
  readonly inputs: readonly Uint8Array[] | 'ramp';
  readonly outputs: readonly Uint8Array[];
}

export interface ConformanceResult {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'unsupported';
  /** Why it did not pass; empty where it did. */
  readonly reason: string;
}

/** ONNX's own tolerances, but for its DenseNet's (2e-3). */
const RELATIVE = 1e-3;
const ABSOLUTE = 1e-7;

/**
 * The cases among files by path, in ONNX's two layouts: `…/NAME/model.onnx` with `…/NAME/test_data_set_N/input_M.pb`
 * and `output_M.pb`, and its light models' `…/NAME.onnx` with `…/NAME_output_M.pb`.
 */
export function casesIn(files: ReadonlyMap<string, Uint8Array>): readonly ConformanceCase[] {
  const series = (stem: string) => {
    const tensors: Uint8Array[] = [];
    for (let index = 0; ; index++) {
      const bytes = files.get(`${stem}_${index}.pb`);
      if (bytes === undefined) return tensors;
      tensors.push(bytes);
    }
  };
  const cases: ConformanceCase[] = [];
  for (const [path, model] of files) {
    if (!path.endsWith('.onnx')) continue;
    const sets: ConformanceSet[] = [];
    if (!path.endsWith('/model.onnx')) {
      const stem = path.slice(0, -'.onnx'.length);
      const outputs = series(`${stem}_output`);
      if (outputs.length > 0) cases.push({ name: lastPart(stem), model, sets: [{ inputs: 'ramp', outputs }] });
      continue;
    }
    const folder = path.slice(0, -'/model.onnx'.length);
    for (let set = 0; ; set++) {
      const outputs = series(`${folder}/test_data_set_${set}/output`);
      if (outputs.length === 0) break;
      sets.push({ inputs: series(`${folder}/test_data_set_${set}/input`), outputs });
    }
    cases.push({ name: lastPart(folder), model, sets });
  }
  return cases.toSorted((a, b) => a.name.localeCompare(b.name));
}

function lastPart(path: string): string {
  return path.split('/').at(-1) ?? path;
}

/** What a file may have and this project does not read, said before anything is computed. */
const NOT_READ =
  /(element type|version of the operator set) is not read|an input is not a tensor|initializers are not read/;

/** Runs one case on the device. Never throws for what a file or the engine cannot do. */
export async function runConformanceCase(device: GpuDevice, testCase: ConformanceCase): Promise<ConformanceResult> {
  const { name } = testCase;
  try {
    for (const set of testCase.sets) {
      const reason = await runSet(device, testCase, set);
      if (reason !== undefined) return { name, ...reason };
    }
    return { name, status: 'passed', reason: '' };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const isUnread = thrown instanceof ConvscopeError && NOT_READ.test(reason);
    return { name, status: isUnread ? 'unsupported' : 'failed', reason };
  }
}

/** Runs all cases: what failed, with reasons, and the names of those that are unsupported, sorted. */
export async function runConformanceCases(
  device: GpuDevice,
  cases: readonly ConformanceCase[],
): Promise<{ readonly failed: readonly string[]; readonly unsupported: readonly string[] }> {
  const failed: string[] = [];
  const unsupported: string[] = [];
  for (const testCase of cases) {
    const { name, status, reason } = await runConformanceCase(device, testCase);
    if (status === 'failed') failed.push(`${name}: ${reason}`);
    if (status === 'unsupported') unsupported.push(name);
  }
  return { failed, unsupported: unsupported.toSorted() };
}

async function runSet(
  device: GpuDevice,
  { name, model }: ConformanceCase,
  set: ConformanceSet,
): Promise<Omit<ConformanceResult, 'name'> | undefined> {
  const tensors = (list: readonly Uint8Array[]) =>
    list.map((bytes) => readTensor(decodeMessage(TensorProtoSchema, bytes, name), name));
  const infos = inputInfos(model, name);
  const given =
    set.inputs === 'ramp'
      ? rampInputs(infos)
      : new Map(tensors(set.inputs).map((tensor, index) => [infos[index]?.name ?? '', tensor]));
  const wanted = tensors(set.outputs);
  const read = readWithConstants(model, name, given);
  if (read.unsupported.length > 0) return { status: 'unsupported', reason: unsupportedText(read.unsupported) };
  const results = await run(device, read, given);
  const outputs = read.proto.graph?.output.map((output) => output.name) ?? [];
  for (const [index, tensor] of wanted.entries()) {
    const output = outputs[index] ?? '';
    const reason = difference(results.get(output), tensor);
    if (reason === undefined) continue;
    if (tensor.data.some((value) => Number.isFinite(value) && Math.abs(value) > LARGEST_FLOAT)) {
      return { status: 'unsupported', reason: `${output}: results beyond float32, in which the engine computes` };
    }
    return { status: 'failed', reason: `${output}: ${reason}` };
  }
  return undefined;
}

const LARGEST_FLOAT = 3.4028234663852886e38;

function inputInfos(model: Uint8Array, file: string): readonly ValueInfoProto[] {
  const graph = decodeModel(model, file).proto.graph;
  const initializers = new Set(graph?.initializer.map(({ name }) => name));
  return graph?.input.filter(({ name }) => !initializers.has(name)) ?? [];
}

/** What ONNX's runner feeds where a case has no inputs: element k of n is k / n; open sizes are 1 (generate_dummy_data). */
function rampInputs(infos: readonly ValueInfoProto[]): ReadonlyMap<string, ConstantTensor> {
  return new Map(
    infos.map(({ name, type }) => {
      const dims = type?.value.case === 'tensorType' ? (type.value.value.shape?.dim ?? []) : [];
      const shape = dims.map(({ value }) => (value.case === 'dimValue' ? Number(value.value) : 1));
      const count = shape.reduce((product, size) => product * size, 1);
      const data = Float32Array.from({ length: count }, (_, index) => index / count);
      return [name, { type: 'float32', shape, data }] as const;
    }),
  );
}

/** Binds lists of integers, and then whatever else a node needs to know beforehand. */
function readWithConstants(model: Uint8Array, file: string, given: ReadonlyMap<string, ConstantTensor>): OnnxGraph {
  const bound = new Map(
    [...given].filter(([, { type, shape, data }]) => data.length === 0 || (!isFloatType(type) && shape.length <= 1)),
  );
  for (;;) {
    const read = readOnnxGraph(model, file, { batch: 'stated', inputs: bound });
    const missing = read.unsupported.flatMap(({ needs }) => (needs === undefined || bound.has(needs) ? [] : [needs]));
    const tensor = given.get(missing[0] ?? '');
    if (tensor === undefined) return read;
    bound.set(missing[0] as string, tensor);
  }
}

async function run(
  device: GpuDevice,
  { graph, parameters, outputs, knownOutputs }: OnnxGraph,
  given: ReadonlyMap<string, ConstantTensor>,
): Promise<ReadonlyMap<string, ConstantTensor | TensorData>> {
  if (outputs.length === 0) return knownOutputs;
  for (const name of graph.inputs) concreteShape(graph.values.get(name)?.shape ?? [], name);
  const inputs = graph.inputs.map((name) => [name, engineTensor(given.get(name) as ConstantTensor)] as const);
  const computed = await runGraph(device, graph, parameters, Object.fromEntries(inputs), outputs);
  return new Map<string, ConstantTensor | TensorData>([...knownOutputs, ...computed]);
}

function difference(got: ConstantTensor | TensorData | undefined, wanted: ConstantTensor): string | undefined {
  if (got === undefined) return 'no such output';
  if (got.shape.join('x') !== wanted.shape.join('x')) {
    return `shape ${got.shape.join('x')}, wanted ${wanted.shape.join('x')}`;
  }
  for (let index = 0; index < wanted.data.length; index++) {
    const [a, b] = [got.data[index] as number, wanted.data[index] as number];
    const isNear = Object.is(a, b) || a === b || Math.abs(a - b) <= ABSOLUTE + RELATIVE * Math.abs(b);
    if (!isNear) return `element ${index} is ${a}, wanted ${b}`;
  }
  return undefined;
}
