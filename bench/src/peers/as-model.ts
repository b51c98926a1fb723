import { rebatch, valueOf, type Graph, type TensorData } from '@convscope/gpu-engine';
import type { Model } from '@convscope/formats';

/** A benchmark's network as a model with an open batch, for explanation methods and ONNX files. */
export function asModel(name: string, graph: Graph, parameters: ReadonlyMap<string, TensorData>): Model {
  const [, channels, height, width] = valueOf(graph, 'x').shape as readonly [number, 1 | 3, number, number];
  const zeros = Array.from({ length: channels }, () => 0);
  return {
    name,
    graph: rebatch(graph, 'N'),
    parameters,
    input: 'x',
    logits: graph.outputs[0] as string,
    preprocessing: {
      channels,
      height,
      width,
      mean: zeros,
      standardDeviation: zeros.map(() => 1),
      scale: 1 / 255,
      order: 'rgb',
      resize: 'stretch',
    },
    labels: [],
    notes: new Map(),
  };
}
