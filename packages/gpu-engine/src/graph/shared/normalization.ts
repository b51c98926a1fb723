import { number, type AttributesOf } from '../attributes.ts';
import { mayEqual } from '../dimension.ts';
import type { Value } from '../graph.ts';
import type { AdapterClass, LoweringContext, Operand, Transform } from '../lowering.ts';
import type { InferContext, InferredOutput } from '../op.ts';
import { aroundAxis } from './axes.ts';
import { RUN_LENGTH } from './run-length.ts';

export const epsilonAttribute = number({ min: 0, max: 1 }, 1e-5);

/** Whether x is [N, C, …] and each of the others [C]. */
export function fitsChannels(x: Value | undefined, others: readonly (Value | undefined)[]): x is Value {
  if (x === undefined || x.shape.length < 2) return false;
  return others.every((other) => other?.shape.length === 1 && mayEqual(other.shape[0], x.shape[1]));
}

/** The uniforms of batch-norm.wgsl; a channel's sums are cut into as many runs as each has elements. */
export function batchNormSizes(x: Operand, epsilon: number, adapterClass: AdapterClass) {
  const { size: channels, inner: spatial } = aroundAxis(x.shape, 1);
  const batch = x.shape[0] as number;
  return {
    batch,
    channels,
    spatial,
    splits: Math.ceil(Math.sqrt(batch * spatial)),
    runLength: RUN_LENGTH[adapterClass],
    epsilon,
  };
}

export const batchNormAttributes = { epsilon: epsilonAttribute };
export const batchNormGradientInputs = ['g', 'x', 'scale', 'mean', 'variance'] as const;

type BatchNormAttributes = AttributesOf<typeof batchNormAttributes>;

/** The cotangents of x, scale and shift have the shapes of x, [C] and [C]. */
export function inferBatchNormGradient({
  inputs: [, x, ...others],
  fail,
}: InferContext<BatchNormAttributes>): readonly InferredOutput[] {
  if (!fitsChannels(x, others)) return fail('the statistics do not fit', 'x [N, C, …] and three times [C]');
  const perChannel = { dtype: 'float32', shape: x.shape.slice(1, 2) } as const;
  return [{ dtype: 'float32', shape: x.shape }, perChannel, perChannel];
}

/** Emits the cotangents of scale and shift, the sums of g * xhat and of g over each channel. */
export function emitChannelGradients({
  inputs,
  outputs,
  attributes,
  emit,
  scratch,
  adapterClass,
}: LoweringContext<BatchNormAttributes>): void {
  const [cotangent, input, , mean, variance] = inputs as [Operand, Operand, Operand, Operand, Operand];
  const [, scaleGradient, shiftGradient] = outputs as [Operand, Operand, Operand];
  const uniforms = batchNormSizes(input, attributes.epsilon, adapterClass);
  const { channels, splits } = uniforms;
  const partials = scratch('partials', [channels, splits, 2]);
  emit({
    kernel: 'batch-norm/partialGradients',
    uniforms,
    bindings: { input, mean, variance, cotangent, output: partials },
    threads: channels * splits,
    operations: 6 * input.elements,
  });
  emit({
    kernel: 'batch-norm/combineGradients',
    uniforms,
    bindings: { partials, scaleGradient, shiftGradient },
    threads: channels,
    operations: 2 * channels * splits,
  });
}

/** Mean, factor and shift of each channel as one table [C, 4], from scale, shift, mean and variance. */
export function channelTable(statistics: readonly Operand[], epsilon: number): Transform {
  const [scale, shift, mean, variance] = statistics as [Operand, Operand, Operand, Operand];
  const channels = scale.elements;
  return {
    key: `batch-norm table of ${statistics.map(({ name }) => name).join(', ')} with epsilon ${epsilon}`,
    shape: [channels, 4],
    reads: [shift, mean, variance],
    lower: (_source, table) => [
      {
        kernel: 'batch-norm/tabulate',
        uniforms: { batch: 1, channels, spatial: 1, splits: 1, runLength: 1, epsilon },
        bindings: { mean, variance, scale, shift, table },
        threads: channels,
        operations: 3 * channels,
      },
    ],
  };
}

/** How many threads an elementwise kernel of batch-norm.wgsl takes. */
export function planeRuns({ batch, channels, spatial, runLength }: ReturnType<typeof batchNormSizes>): number {
  return batch * channels * Math.ceil(spatial / runLength);
}
