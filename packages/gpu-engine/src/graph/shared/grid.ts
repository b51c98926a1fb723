import { boolean, oneOf, type AttributesOf } from '../attributes.ts';
import { mayEqual, type Dimension } from '../dimension.ts';
import type { Value } from '../graph.ts';
import { feature } from './windows.ts';

export const gridAttributes = {
  mode: oneOf(['nearest', 'bilinear', 'bicubic'], 'bilinear'),
  paddingMode: oneOf(['zeros', 'border', 'reflection'], 'zeros'),
  alignCorners: boolean(false),
};

const modeCodes = { nearest: 0, bilinear: 1, bicubic: 2 } as const;
const paddingCodes = { zeros: 0, border: 1, reflection: 2 } as const;

/** [N, OH, OW] of a grid [N, OH, OW, 2] that fits x [N, C, H, W], or undefined. */
export function gridPoints(x: Value | undefined, grid: Value | undefined): readonly Dimension[] | undefined {
  const [maps, points] = [feature(x), feature(grid)];
  if (maps === undefined || points === undefined) return undefined;
  return mayEqual(maps[0], points[0]) && mayEqual(points[3], 2) ? points.slice(0, 3) : undefined;
}

/** The uniforms of grid-sample.wgsl, from the shapes of x and of the grid. */
export function gridSizes(
  x: readonly number[],
  grid: readonly number[],
  { mode, paddingMode, alignCorners }: AttributesOf<typeof gridAttributes>,
  bands = 1,
) {
  const [batch, channels, height, width] = x as [number, number, number, number];
  return {
    batch,
    channels,
    height,
    width,
    points: (grid[1] as number) * (grid[2] as number),
    mode: modeCodes[mode],
    padding: paddingCodes[paddingMode],
    alignCorners: alignCorners ? 1 : 0,
    bands,
  };
}
