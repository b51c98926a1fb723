import { integer, number, type AttributesOf } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { aroundAxis } from './axes.ts';

export const lrnAttributes = {
  size: integer({ min: 1, max: 65535 }),
  alpha: number({ min: 0 }, 1e-4),
  beta: number({}, 0.75),
  bias: number({ min: 1e-6 }, 1),
};

/** The uniforms of lrn.wgsl. */
export function lrnSizes(x: Operand, { size, alpha, beta, bias }: AttributesOf<typeof lrnAttributes>) {
  const { size: channels, inner: spatial } = aroundAxis(x.shape, 1);
  return {
    count: x.elements,
    channels,
    spatial,
    before: Math.floor((size - 1) / 2),
    after: Math.floor(size / 2),
    factor: alpha / size,
    beta,
    bias,
  };
}
