import { concreteShape, elementCount, type GraphBuilder } from '../graph/index.ts';

export interface RunningStatistics {
  /** Parameters [C], not trainable, that hold the averages over the batches. */
  readonly mean: string;
  readonly variance: string;
  /** How much of each batch goes in, 0 to 1 (PyTorch's `momentum`). */
  readonly momentum?: number;
}

/**
 * Batch normalization for training, whose running statistics follow the batches as the graph's updates:
 * running = (1 - momentum) * running + momentum * batch, with the unbiased variance, as in PyTorch. Inference gives
 * them to `batchNormInference`. The shape of x must be concrete, as the bias depends on it.
 *
 * @returns the normalised value's name, which is `name`.
 */
export function batchNormWithRunningStatistics(
  builder: GraphBuilder,
  [x, scale, shift]: readonly [x: string, scale: string, shift: string],
  { mean, variance, momentum = 0.1 }: RunningStatistics,
  { name, epsilon }: { readonly name: string; readonly epsilon?: number },
): string {
  const attributes = epsilon === undefined ? {} : { epsilon };
  // Not the op's own names, which parameters such as `norm.mean` often have.
  const outputs = [name, `${name}.batchMean`, `${name}.batchVariance`] as const;
  builder.node('batchNorm', [x, scale, shift], attributes, name, outputs);
  const shape = concreteShape(builder.value(x).shape, x);
  const samples = elementCount(shape) / (shape[1] as number);
  const follow = (running: string, batch: string, factor: number): void => {
    const kept = builder.op('scale', [running], { factor: 1 - momentum }, `${running}.kept`);
    const added = builder.op('scale', [batch], { factor: momentum * factor }, `${running}.added`);
    builder.update(running, builder.op('add', [kept, added], {}, `${running}.next`));
  };
  follow(mean, outputs[1], 1);
  follow(variance, outputs[2], samples / Math.max(1, samples - 1));
  return name;
}
