import { integer, type AttributesOf } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { aroundAxis } from './axes.ts';

export const lpNormAttributes = { axis: integer({}, -1), p: integer({ min: 1, max: 2 }, 2) };

/** The uniforms of lp-norm.wgsl. */
export function lpNormSizes(x: Operand, { axis, p }: AttributesOf<typeof lpNormAttributes>) {
  const { outer, size, inner } = aroundAxis(x.shape, axis);
  return { lines: outer * inner, axis: size, inner, p };
}
