import { ConvscopeError, shapeText, valueOf, type Graph, type TensorData } from '@convscope/gpu-engine/graph';
import { ModelFormatError, reasonOf } from './errors.ts';
import { graphFromJson, graphToJson } from './graph-json.ts';
import { JsonPlace } from './json-place.ts';
import type { Model } from './model.ts';
import { parsePreprocessing, type Preprocessing } from './preprocessing.ts';
import { readSafetensors, writeSafetensors, type SafetensorsWriteOptions } from './safetensors.ts';

/** A parameter is stored under its own name, so that other readers of safetensors find it; others under a prefix. */
const CONSTANT_PREFIX = 'constant:';
const STATE_PREFIX = 'state:';
const VERSION_KEY = 'convscope_version';
const VERSION = '1';

/** A model, and what an optimiser remembers of its training (by any names; empty in models that are only used). */
export interface Checkpoint {
  readonly model: Model;
  readonly state: ReadonlyMap<string, TensorData>;
  /** Where the training stands, as the one who trains writes it; not checked here. */
  readonly training?: string;
}

export interface CheckpointWriteOptions extends SafetensorsWriteOptions {
  /** What an optimiser remembers, to go on training from here. */
  readonly state?: ReadonlyMap<string, TensorData>;
  /** Where the training stands. */
  readonly training?: string;
}

/**
 * A model as one safetensors file: parameters, constants and state as tensors; graph, preprocessing, labels and notes
 * as JSON in its metadata. Throws ModelFormatError where a parameter is missing or does not fit the graph.
 */
export function writeCheckpoint(
  model: Model,
  { state = new Map(), training, ...options }: CheckpointWriteOptions = {},
): Uint8Array {
  const file = `checkpoint of ${model.name}`;
  checkParameters(model.graph, model.parameters, file);
  const tensors = new Map<string, TensorData>();
  for (const [name, tensor] of model.parameters) {
    if (name.startsWith(CONSTANT_PREFIX) || name.startsWith(STATE_PREFIX)) {
      throw new ModelFormatError(file, 'a parameter cannot have this name', { field: name });
    }
    tensors.set(name, tensor);
  }
  for (const [name, tensor] of model.graph.constants) tensors.set(CONSTANT_PREFIX + name, tensor);
  for (const [name, tensor] of state) tensors.set(STATE_PREFIX + name, tensor);
  const metadata = new Map([
    [VERSION_KEY, VERSION],
    ['name', model.name],
    ['graph', graphToJson(model.graph)],
    ['input', model.input],
    ['logits', model.logits],
    ['preprocessing', JSON.stringify(model.preprocessing)],
    ['labels', JSON.stringify(model.labels)],
    ['notes', JSON.stringify(Object.fromEntries(model.notes))],
    ...(training === undefined ? [] : [['training', training] as const]),
  ]);
  return writeSafetensors(tensors, metadata, options);
}

/** The model of a checkpoint that {@link writeCheckpoint} wrote. Throws ModelFormatError. */
export function readCheckpoint(bytes: Uint8Array, fileName: string): Model {
  return readCheckpointWithState(bytes, fileName).model;
}

/** Like {@link readCheckpoint}, with the optimiser's state and where the training stands. */
export function readCheckpointWithState(bytes: Uint8Array, fileName: string): Checkpoint {
  const { tensors, metadata } = readSafetensors(bytes, fileName);
  const version = metadata.get(VERSION_KEY);
  if (version !== VERSION) {
    throw new ModelFormatError(fileName, 'not a Convscope checkpoint that this version reads', {
      field: VERSION_KEY,
      got: version ?? 'nothing',
      wanted: VERSION,
    });
  }
  const field = (key: string): string => {
    const text = metadata.get(key);
    if (text !== undefined) return text;
    throw new ModelFormatError(fileName, 'missing from the metadata', { field: key });
  };
  const { parameters, constants, state } = sorted(tensors);
  const graph = graphFromJson(field('graph'), constants, fileName);
  checkSameNames(constants, graph.constants, CONSTANT_PREFIX, fileName);
  checkParameters(graph, parameters, fileName);
  const model: Model = {
    name: field('name'),
    graph,
    parameters,
    input: field('input'),
    logits: field('logits'),
    preprocessing: preprocessingIn(field('preprocessing'), fileName),
    labels: JsonPlace.parse(field('labels'), fileName, 'labels')
      .items(1_000_000)
      .map((label) => label.text(1000)),
    notes: new Map(
      [...JsonPlace.parse(field('notes'), fileName, 'notes').entries()].map(([key, note]) => [key, note.text(100_000)]),
    ),
  };
  checkRoles(model, fileName);
  const training = metadata.get('training');
  return { model, state, ...(training === undefined ? {} : { training }) };
}

function sorted(tensors: ReadonlyMap<string, TensorData>) {
  const parameters = new Map<string, TensorData>();
  const constants = new Map<string, TensorData>();
  const state = new Map<string, TensorData>();
  for (const [name, tensor] of tensors) {
    if (name.startsWith(CONSTANT_PREFIX)) constants.set(name.slice(CONSTANT_PREFIX.length), tensor);
    else if (name.startsWith(STATE_PREFIX)) state.set(name.slice(STATE_PREFIX.length), tensor);
    else parameters.set(name, tensor);
  }
  return { parameters, constants, state };
}

function checkParameters(graph: Graph, parameters: ReadonlyMap<string, TensorData>, file: string): void {
  checkSameNames(parameters, graph.parameters, '', file);
  for (const [name, { dtype, shape }] of parameters) {
    const wanted = valueOf(graph, name);
    if (dtype === wanted.dtype && shapeText(shape) === shapeText(wanted.shape)) continue;
    throw new ModelFormatError(file, 'the tensor does not fit the graph', {
      field: `tensor ${name}`,
      got: `${dtype} ${shapeText(shape)}`,
      wanted: `${wanted.dtype} ${shapeText(wanted.shape)}`,
    });
  }
}

function checkSameNames(
  tensors: ReadonlyMap<string, unknown>,
  wanted: ReadonlyMap<string, unknown>,
  prefix: string,
  file: string,
): void {
  for (const name of wanted.keys()) {
    if (!tensors.has(name)) {
      throw new ModelFormatError(file, 'a tensor that the graph wants is missing', {
        field: `tensor ${prefix}${name}`,
      });
    }
  }
  for (const name of tensors.keys()) {
    if (!wanted.has(name)) {
      throw new ModelFormatError(file, 'the graph has no use for this tensor', { field: `tensor ${prefix}${name}` });
    }
  }
}

function preprocessingIn(text: string, file: string): Preprocessing {
  const field = 'preprocessing';
  const place = JsonPlace.parse(text, file, field);
  try {
    return parsePreprocessing(place.value);
  } catch (thrown) {
    if (!(thrown instanceof ConvscopeError)) throw thrown;
    throw new ModelFormatError(file, reasonOf(thrown), { field }, { cause: thrown });
  }
}

/** Input, logits, preprocessing and labels must fit the graph and one another. */
function checkRoles({ graph, input, logits, preprocessing, labels }: Model, file: string): void {
  const shape = graph.inputs.includes(input) ? valueOf(graph, input).shape : undefined;
  if (shape?.length !== 4 || valueOf(graph, input).dtype !== 'float32') {
    throw new ModelFormatError(file, 'not an input for pictures', {
      field: 'input',
      got: shape === undefined ? input : `${input}: ${shapeText(shape)}`,
      wanted: 'a float32 input of the graph, N x C x H x W',
    });
  }
  const { channels, height, width } = preprocessing;
  const sizes = [channels, height, width];
  if (!sizes.every((size, axis) => typeof shape[axis + 1] === 'string' || shape[axis + 1] === size)) {
    throw new ModelFormatError(file, 'the preprocessing does not give what the input takes', {
      field: 'preprocessing',
      got: shapeText(sizes),
      wanted: shapeText(shape.slice(1)),
    });
  }
  const classes = graph.values.get(graph.aliases.get(logits) ?? logits)?.shape;
  if (classes?.length !== 2) {
    throw new ModelFormatError(file, 'no class scores go by this name', {
      field: 'logits',
      got: classes === undefined ? logits : `${logits}: ${shapeText(classes)}`,
      wanted: 'a value of the graph, N x classes',
    });
  }
  if (labels.length > 0 && typeof classes[1] === 'number' && labels.length !== classes[1]) {
    throw new ModelFormatError(file, 'not one label a class', {
      field: 'labels',
      got: labels.length,
      wanted: classes[1],
    });
  }
}
