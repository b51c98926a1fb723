import { GraphBuilder, heNormal, initializeParameters, type Graph, type TensorData } from '@convscope/gpu-engine';
import { samePads } from '../convolution-shapes.ts';
import type { Architecture, LayerMaker } from '../networks/networks.ts';

/** The epsilon of PyTorch's batch norm. */
export const EPSILON = 1e-5;

export interface ConvscopeNetwork {
  /** Input `x` [1, 3, size, size], output `logits` [1, 1000]. */
  readonly graph: Graph;
}

/** The architecture as a graph for our engine. */
export function convscopeNetwork(architecture: Architecture, { size }: { readonly size: number }): ConvscopeNetwork {
  const builder = new GraphBuilder();
  const x = builder.input('x', 'float32', [1, 3, size, size]);
  builder.alias('logits', architecture(graphMaker(builder), x));
  builder.output('logits');
  return { graph: builder.build() };
}

/** Weights drawn as He et al. say, and batch-norm statistics that are not quite 0 and 1. */
export function networkWeights({ graph }: ConvscopeNetwork): Map<string, TensorData> {
  const tensors = initializeParameters(graph, 1);
  for (const [name, { shape, dtype, data }] of tensors) {
    if (name.endsWith('.variance')) tensors.set(name, { shape, dtype, data: data.map((value) => Math.exp(value)) });
  }
  return tensors;
}

function graphMaker(builder: GraphBuilder): LayerMaker<string> {
  const shapeOf = (x: string) => builder.value(x).shape as readonly number[];
  const slight = { kind: 'normal', standardDeviation: 0.1 } as const;
  return {
    convolution: (name, x, { outputs, kernel, stride = 1, depthwise = false }) => {
      const [, inputs, height, width] = shapeOf(x) as [number, number, number, number];
      const perGroup = depthwise ? 1 : inputs;
      const initial = heNormal(perGroup * kernel * kernel);
      const weight = builder.parameter(`${name}.weight`, [outputs, perGroup, kernel, kernel], { initial });
      const pads = samePads([height, width], kernel, stride);
      return builder.op(
        'conv2d',
        [x, weight],
        { strides: [stride, stride], pads, groups: depthwise ? inputs : 1 },
        name,
      );
    },
    batchNorm: (name, x) => {
      const channels = [shapeOf(x)[1] as number];
      const scale = builder.parameter(`${name}.scale`, channels, { initial: { kind: 'ones' } });
      const shift = builder.parameter(`${name}.shift`, channels, { initial: slight });
      const mean = builder.parameter(`${name}.mean`, channels, { initial: slight, trainable: false });
      const variance = builder.parameter(`${name}.variance`, channels, { initial: slight, trainable: false });
      return builder.op('batchNormInference', [x, scale, shift, mean, variance], { epsilon: EPSILON }, name);
    },
    relu: (x, most) => (most === undefined ? builder.op('relu', [x]) : builder.op('clip', [x], { min: 0, max: most })),
    maxPool: (x) => {
      const pads = samePads(shapeOf(x).slice(2), 3, 2);
      return builder.op('maxPool', [x], { kernelSize: [3, 3], strides: [2, 2], pads });
    },
    add: (a, b) => builder.op('add', [a, b]),
    globalAveragePool: (x) => builder.op('flatten', [builder.op('globalAveragePool', [x])]),
    dense: (name, x, outputs) => {
      const inputs = shapeOf(x)[1] as number;
      const weight = builder.parameter(`${name}.weight`, [outputs, inputs], { initial: heNormal(inputs) });
      const scores = builder.op('dense', [x, weight], {}, name);
      return builder.op('bias', [scores, builder.parameter(`${name}.bias`, [outputs], { initial: slight })]);
    },
    channels: (x) => shapeOf(x)[1] as number,
  };
}
