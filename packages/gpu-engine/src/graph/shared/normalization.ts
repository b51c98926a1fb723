import { number } from '../attributes.ts';
import { mayEqual } from '../dimension.ts';
import type { Value } from '../graph.ts';
import type { Operand } from '../lowering.ts';
import { aroundAxis } from './axes.ts';

export const epsilonAttribute = number({ min: 0, max: 1 }, 1e-5);

/** Whether x is [N, C, …] and each of the others [C]. */
export function fitsChannels(x: Value | undefined, others: readonly (Value | undefined)[]): x is Value {
  if (x === undefined || x.shape.length < 2) return false;
  return others.every((other) => other?.shape.length === 1 && mayEqual(other.shape[0], x.shape[1]));
}

/** The uniforms of batch-norm.wgsl; a channel's sums are cut into as many runs as each has elements. */
export function batchNormSizes(x: Operand, epsilon: number) {
  const { size: channels, inner: spatial } = aroundAxis(x.shape, 1);
  const batch = x.shape[0] as number;
  return { batch, channels, spatial, splits: Math.ceil(Math.sqrt(batch * spatial)), epsilon };
}
