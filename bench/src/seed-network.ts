import { GraphBuilder, heNormal, type Graph } from '@convscope/gpu-engine';

export const IMAGE = 28;
export const CLASSES = 10;
export const DROPOUT_RATE = 0.2;
export const LEARNING_RATE = 1e-3;

/** Pictures [N, 1, 28, 28], 0..1, and their classes [N]. */
export interface Batch {
  readonly images: Float32Array<ArrayBuffer>;
  readonly labels: Int32Array<ArrayBuffer>;
}

/** The network of the notebook that Convscope began with; input `x` [N, 1, 28, 28], output `logits` [N, 10]. */
export function seedNetwork({ batch, dropout }: { readonly batch: number; readonly dropout: number }): Graph {
  const builder = new GraphBuilder();
  const weight = (name: string, shape: readonly number[]): string =>
    builder.parameter(name, shape, { initial: heNormal(shape.slice(1).reduce((product, size) => product * size, 1)) });
  const withBias = (layer: string, value: string, channels: number, output?: string): string => {
    // Not zero, so that a bias on the wrong channel shows.
    const initial = { kind: 'normal', standardDeviation: 0.1 } as const;
    return builder.op('bias', [value, builder.parameter(`${layer}.bias`, [channels], { initial })], {}, output);
  };
  const convolution = (layer: string, x: string, [inputs, outputs]: readonly [number, number]): string => {
    const product = builder.op('conv2d', [x, weight(`${layer}.weight`, [outputs, inputs, 5, 5])], {
      pads: [2, 2, 2, 2],
    });
    const active = builder.op('relu', [withBias(layer, product, outputs)]);
    return builder.op('maxPool', [active], { kernelSize: [2, 2], strides: [2, 2] });
  };

  const x = builder.input('x', 'float32', [batch, 1, IMAGE, IMAGE]);
  const pooled = convolution('conv2', convolution('conv1', x, [1, 32]), [32, 64]);
  const flat = builder.op('flatten', [pooled]);
  const dense = builder.op('dense', [flat, weight('dense1.weight', [1024, 64 * 7 * 7])]);
  let hidden = builder.op('relu', [withBias('dense1', dense, 1024)]);
  if (dropout > 0) hidden = builder.op('dropout', [hidden, builder.scalar('seed', 'int32')], { rate: dropout });
  const scores = builder.op('dense', [hidden, weight('dense2.weight', [CLASSES, 1024])]);
  builder.output(withBias('dense2', scores, CLASSES, 'logits'));
  return builder.build();
}
