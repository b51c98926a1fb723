import { ModelFormatError, parseStrictJson, readSafetensors, writeSafetensors, type Model } from '@convscope/formats';
import type { TrainingReport } from '@convscope/gpu-engine';
import { ConvscopeError, shapeText, valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import { fetchFromServer, loadModel, modelNames, type FetchBytes } from './models.ts';
import { parseTrainingReport } from './training-checkpoint.ts';

/** A network's parameters after one step of its training. */
export interface ParameterSnapshot {
  readonly step: number;
  readonly parameters: ReadonlyMap<string, TensorData>;
}

/** How a network became what it is: its parameters at some steps, rounded to half precision, and its curves. */
export interface ModelCheckpoints {
  /** The finished network. */
  readonly model: Model;
  /** By step. */
  readonly snapshots: readonly ParameterSnapshot[];
  readonly report: TrainingReport;
}

/** Where the checkpoints of each model lie, relative to this module. Written out, so that bundlers find the files. */
const ADDRESSES: ReadonlyMap<string, () => URL> = /* @__PURE__ */ new Map([
  ['digits', () => new URL('../weights/digits.checkpoints.safetensors', import.meta.url)],
  ['shapes', () => new URL('../weights/shapes.checkpoints.safetensors', import.meta.url)],
]);

const REPORT_KEY = 'report';
const NAME = /^step-(\d{1,9}):(.+)$/s;

/**
 * The trained model of this package with a dozen checkpoints of its training. In Node use `loadCheckpoints` of
 * `@convscope/zoo/node`, which reads from the disk. Throws `unknown-name`, ModelFormatError, and what `fetchBytes`
 * throws.
 */
export async function loadCheckpoints(
  name: string,
  fetchBytes: FetchBytes = fetchFromServer,
): Promise<ModelCheckpoints> {
  const address = ADDRESSES.get(name);
  if (address === undefined) {
    throw new ConvscopeError('unknown-name', 'no model of the zoo with checkpoints has this name', {
      got: JSON.stringify(name),
      wanted: modelNames.filter((model) => ADDRESSES.has(model)).join(', '),
    });
  }
  const [model, bytes] = await Promise.all([loadModel(name, fetchBytes), fetchBytes(address())]);
  return { model, ...readSnapshots(bytes, model, `${name}.checkpoints.safetensors`) };
}

/** One safetensors file with the parameters of all snapshots in half precision, for display: not to train on from. */
export function writeSnapshots({ snapshots, report }: Omit<ModelCheckpoints, 'model'>): Uint8Array {
  const tensors = new Map<string, TensorData>();
  for (const { step, parameters } of snapshots) {
    for (const [name, tensor] of parameters) tensors.set(`step-${String(step).padStart(9, '0')}:${name}`, tensor);
  }
  return writeSafetensors(tensors, new Map([[REPORT_KEY, JSON.stringify(report)]]), { floatType: 'F16' });
}

/** What `writeSnapshots` wrote. Throws ModelFormatError, also where a snapshot is not of this model. */
export function readSnapshots(bytes: Uint8Array, model: Model, fileName: string): Omit<ModelCheckpoints, 'model'> {
  const { tensors, metadata } = readSafetensors(bytes, fileName);
  const json = parseStrictJson(metadata.get(REPORT_KEY) ?? '', { file: fileName, field: REPORT_KEY });
  const byStep = new Map<number, Map<string, TensorData>>();
  for (const [key, tensor] of tensors) {
    const [, step, name = ''] = NAME.exec(key) ?? [];
    const wanted = model.parameters.has(name) ? shapeText(valueOf(model.graph, name).shape) : undefined;
    if (step === undefined || wanted !== shapeText(tensor.shape)) {
      const got = `${tensor.dtype} ${shapeText(tensor.shape)}`;
      throw new ModelFormatError(fileName, 'not a parameter of the network', { field: `tensor ${key}`, got });
    }
    const parameters = byStep.get(Number(step)) ?? new Map<string, TensorData>();
    byStep.set(Number(step), parameters.set(name, tensor));
  }
  const snapshots = [...byStep].map(([step, parameters]) => ({ step, parameters })).sort((a, b) => a.step - b.step);
  for (const { step, parameters } of snapshots) {
    const lacking = [...model.parameters.keys()].find((name) => !parameters.has(name));
    if (lacking === undefined) continue;
    throw new ModelFormatError(fileName, 'a parameter is missing', { field: `step ${step}, tensor ${lacking}` });
  }
  return { snapshots, report: parseTrainingReport(json, 'report') };
}
