import { ConvscopeError, GraphBuilder, shapeText, valueOf, type Graph } from '@convscope/gpu-engine/graph';
import { ModelFormatError, plainText, reasonOf } from '../errors.ts';
import { parseLabels } from '../labels.ts';
import type { Model } from '../model.ts';
import { likelyPreset, presetPreprocessing } from '../presets.ts';
import { parsePreprocessing, type Preprocessing } from '../preprocessing.ts';
import { unsupportedText } from './inspect-onnx.ts';
import { readOnnxGraph, type OnnxGraph, type OnnxReadOptions } from './read-graph.ts';
import { findLogits, pictureInput } from './roles.ts';
import { parseStrictJson } from '../strict-json.ts';

export interface OnnxOptions extends OnnxReadOptions {
  /** A preset's name; where none is given, the file's metadata or a guess by its producer and input. */
  readonly preprocessing?: string;
  readonly labels?: readonly string[];
  /** Pixels a side where the file leaves height and width open. Default: 224. */
  readonly pictureSize?: number;
}

/**
 * An image classifier (or any network that takes pictures) from an ONNX file: opset 6 to 28, one file or with external
 * data. Throws ModelFormatError; one error lists every operator that cannot be run, with its nodes.
 *
 * @param fileName for messages, and for the model's name where the file has none.
 */
export function readOnnx(bytes: Uint8Array, fileName: string, options: OnnxOptions = {}): Model {
  const read = readOnnxGraph(bytes, fileName, options);
  if (read.unsupported.length > 0) {
    throw new ModelFormatError(fileName, `operators that cannot be run: ${unsupportedText(read.unsupported)}`);
  }
  const input = pictureInput(read.graph);
  if (input === undefined) {
    const inputs = read.graph.inputs.map((name) => `${name} ${shapeText(valueOf(read.graph, name).shape)}`);
    throw new ModelFormatError(fileName, 'no input takes pictures', {
      got: inputs.join(', ') || 'no inputs',
      wanted: 'float32 N x 1 or 3 x H x W',
    });
  }
  const output = read.outputs[0];
  if (output === undefined) throw new ModelFormatError(fileName, 'the network computes nothing');
  const notes = new Map<string, string>(fileNotes(read));
  const { graph, logits } = withLogits(read.graph, output, notes);
  const metadata = new Map(read.proto.metadataProps.map(({ key, value }) => [key, value]));
  const labels = options.labels ?? labelsIn(metadata);
  return {
    name: read.proto.graph?.name || fileName.replace(/\.onnx$/i, ''),
    graph,
    parameters: read.parameters,
    input,
    logits,
    preprocessing: preprocessingOf(
      fileName,
      graph,
      input,
      { producer: plainText(read.proto.producerName), metadata },
      options,
      notes,
    ),
    labels: labels.length === valueOf(graph, logits).shape[1] ? labels : [],
    notes,
  };
}

function fileNotes({ proto, opset, notes }: OnnxGraph): readonly (readonly [string, string])[] {
  const producer = `${proto.producerName} ${proto.producerVersion}`.trim();
  const facts: (readonly [string, string])[] = [
    ['format', `ONNX, opset ${opset}`],
    ...(producer === '' ? [] : [['producer', plainText(producer)] as const]),
    ...notes,
  ];
  for (const { key, value } of proto.metadataProps.slice(0, 100)) {
    if (!key.startsWith('convscope.')) facts.push([plainText(`metadata ${key}`), value.slice(0, 10_000)]);
  }
  return facts;
}

/** The class scores as [N, K]: a last softmax is left out, sizes of 1 behind the classes are dropped. */
function withLogits(graph: Graph, output: string, notes: Map<string, string>) {
  const { value, shape, stripped } = findLogits(graph, output);
  if (stripped.length > 0) {
    notes.set('logits', `${value}: the final ${stripped.join(' and ')} is left out for class methods`);
  }
  if (shape.length === 2) return { graph, logits: value };
  const isFlat = shape.length > 2 && shape.slice(2).every((size) => size === 1);
  if (!isFlat) return { graph, logits: value };
  const builder = new GraphBuilder(graph);
  const logits = builder.op('flatten', [value], { axis: 1 }, builder.freshName(`${value}.flat`));
  return { graph: builder.build(), logits };
}

const PREPROCESSING_KEY = 'convscope.preprocessing';
const LABEL_KEYS = ['convscope.labels', 'labels', 'classes', 'names', 'class_names'];
const DEFAULT_SIDE = 224;

/** Where a file comes from, and what it says about itself. */
interface Origin {
  readonly producer: string;
  readonly metadata: ReadonlyMap<string, string>;
}

function preprocessingOf(
  fileName: string,
  graph: Graph,
  input: string,
  { producer, metadata }: Origin,
  options: OnnxOptions,
  notes: Map<string, string>,
): Preprocessing {
  const [, channels, height, width] = valueOf(graph, input).shape;
  const side = (size: unknown) => (typeof size === 'number' ? size : (options.pictureSize ?? DEFAULT_SIDE));
  const sizes = { channels: channels === 1 ? (1 as const) : (3 as const), height: side(height), width: side(width) };
  const stored = metadata.get(PREPROCESSING_KEY);
  if (options.preprocessing === undefined && stored !== undefined) {
    notes.set('preprocessing', 'from the file');
    return storedPreprocessing(stored, fileName, [channels, height, width]);
  }
  const known = options.preprocessing ?? imageRange(metadata);
  if (known !== undefined) {
    notes.set('preprocessing', known);
    return presetPreprocessing(known, sizes);
  }
  const { name, by } = likelyPreset(sizes, producer);
  notes.set('preprocessing', `${name} (a guess by ${by})`);
  return presetPreprocessing(name, sizes);
}

/** What this project wrote into the metadata; it must give what the input takes. */
function storedPreprocessing(text: string, file: string, input: readonly unknown[]): Preprocessing {
  const field = PREPROCESSING_KEY;
  const value = parseStrictJson(text, { file, field, deepest: 4 });
  try {
    const preprocessing = parsePreprocessing(value);
    const sizes = [preprocessing.channels, preprocessing.height, preprocessing.width];
    if (sizes.every((size, axis) => typeof input[axis] === 'string' || input[axis] === size)) return preprocessing;
    throw new ModelFormatError(file, 'the preprocessing does not give what the input takes', {
      field,
      got: sizes.join('x'),
      wanted: input.join('x'),
    });
  } catch (thrown) {
    if (thrown instanceof ModelFormatError || !(thrown instanceof ConvscopeError)) throw thrown;
    throw new ModelFormatError(file, reasonOf(thrown), { field }, { cause: thrown });
  }
}

/** ONNX's own metadata for pictures (docs/MetadataProps.md). */
function imageRange(metadata: ReadonlyMap<string, string>): string | undefined {
  const range = metadata.get('Image.NominalPixelRange');
  const isBgr = metadata.get('Image.BitmapPixelFormat')?.toLowerCase().startsWith('bgr') === true;
  if (range === 'Normalized_0_1') return '0..1';
  if (range === 'Normalized_1_1') return '-1..1';
  return range === 'NominalRange_0_255' ? (isBgr ? 'raw' : '0..255') : undefined;
}

/** Class names in the metadata: a JSON list or object by number, a Python dictionary as YOLO writes it, or lines. */
function labelsIn(metadata: ReadonlyMap<string, string>): readonly string[] {
  const text = LABEL_KEYS.map((key) => metadata.get(key)).find((value) => value !== undefined);
  if (text === undefined) return [];
  const list = /^\s*[[{]/.test(text)
    ? [...text.matchAll(/(?:^|[[{,]\s*(?:["']?\d+["']?\s*:)?)\s*(?:"([^"]*)"|'([^']*)')/g)]
    : undefined;
  return list === undefined ? parseLabels(text) : list.map(([, double, single]) => double ?? single ?? '');
}
