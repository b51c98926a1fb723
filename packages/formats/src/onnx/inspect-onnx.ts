import { shapeText, valueOf } from '@convscope/gpu-engine/graph';
import { plainText } from '../errors.ts';
import type { UnsupportedOp } from './import-graph.ts';
import { readOnnxGraph, type OnnxReadOptions } from './read-graph.ts';
import { findLogits, pictureInput } from './roles.ts';

/** What is in a file and whether it can be run, said before anything is run. */
export interface OnnxReport {
  readonly opset: number;
  readonly producer: string;
  /** Nodes in the file, and how many of each operator. */
  readonly nodes: number;
  readonly operators: ReadonlyMap<string, number>;
  readonly unsupported: readonly UnsupportedOp[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Numbers in all parameters. */
  readonly parameters: number;
  /** Bytes that parameters take on the GPU. */
  readonly parameterBytes: number;
  /** Bytes of all intermediate values for a batch of one, before memory is shared; 0 where sizes are not stated. */
  readonly valueBytes: number;
  /** Values that layer methods can be pointed at: last feature maps of each size, from the input on. */
  readonly suggestedLayers: readonly string[];
  /** What does not apply, and why; empty where all methods do. */
  readonly limits: readonly string[];
  readonly notes: ReadonlyMap<string, string>;
}

/** The coverage report of a file. Throws ModelFormatError only where the file itself is broken. */
export function inspectOnnx(bytes: Uint8Array, fileName: string, options: OnnxReadOptions = {}): OnnxReport {
  const { graph, proto, opset, outputs, parameters, unsupported, notes } = readOnnxGraph(bytes, fileName, options);
  const nodes = proto.graph?.node ?? [];
  const operators = new Map<string, number>();
  for (const { opType } of nodes) operators.set(opType, (operators.get(opType) ?? 0) + 1);
  const count = [...parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
  const describe = (name: string) => `${plainText(name)} ${shapeText(valueOf(graph, name).shape)}`;
  const limits: string[] = [];
  if (pictureInput(graph) === undefined) limits.push('no input takes pictures: methods on pictures do not apply');
  const scores = outputs[0] === undefined ? undefined : findLogits(graph, outputs[0]).shape;
  const isClassifier = scores?.length === 2 || scores?.slice(2).every((size) => size === 1) === true;
  if (!isClassifier) limits.push('the first output is no list of class scores: class methods do not apply');
  return {
    opset,
    producer: plainText(`${proto.producerName} ${proto.producerVersion}`.trim()),
    nodes: nodes.length,
    operators,
    unsupported,
    inputs: graph.inputs.map(describe),
    outputs: outputs.map(describe),
    parameters: count,
    parameterBytes: 4 * count,
    valueBytes: valueBytes(graph),
    suggestedLayers: suggestedLayers(graph),
    limits,
    notes,
  };
}

type OnnxGraphOnly = ReturnType<typeof readOnnxGraph>['graph'];

function valueBytes({ nodes, values }: OnnxGraphOnly): number {
  let bytes = 0;
  for (const { outputs } of nodes) {
    for (const name of outputs) {
      const sizes =
        values.get(name)?.shape.map((size, axis) => (typeof size === 'number' ? size : axis === 0 ? 1 : 0)) ?? [];
      bytes += 4 * sizes.reduce((product, size) => product * size, 1);
    }
  }
  return bytes;
}

/** The last feature map before each change of height and width. */
function suggestedLayers({ nodes, values }: OnnxGraphOnly): readonly string[] {
  const last = new Map<string, string>();
  for (const { outputs } of nodes) {
    const shape = values.get(outputs[0] ?? '')?.shape;
    const isMap = shape?.length === 4 && shape[2] !== 1 && shape[3] !== 1;
    if (isMap) last.set(`${shape[2]}x${shape[3]}`, outputs[0] as string);
  }
  return [...last.values()];
}

const MOST_NAMES = 5;

/** `LSTM (LSTM "encoder": this operator is not read), …`: every operator once, with its first nodes. */
export function unsupportedText(unsupported: readonly UnsupportedOp[]): string {
  const groups = new Map<string, UnsupportedOp[]>();
  for (const item of unsupported) {
    const key = `${item.op}: ${item.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups]
    .map(([key, items]) => {
      const names = items.slice(0, MOST_NAMES).map(({ node }) => node);
      const more = items.length > MOST_NAMES ? ` and ${items.length - MOST_NAMES} more` : '';
      return `${key} (${names.join(', ')}${more})`;
    })
    .join('; ');
}
