import { aroundAxis } from './axes.ts';

/** The uniforms of rows.wgsl for a tensor seen as [outer, axis, inner]. */
export function rowSizes(shape: readonly number[], axis: number) {
  const { outer, size, inner } = aroundAxis(shape, axis);
  return { rows: outer * inner, axis: size, inner, k: 0, exclusive: 0, reverse: 0, onValue: 1, offValue: 0 };
}
