import type { Attributes } from '../src/graph/attributes.ts';
import { flagAttribute, listAttribute, pairAttribute } from './attributes.ts';
import { drawUntil } from './cases.ts';
import type { Random } from './random.ts';
import { drawMapShape } from './shapes.ts';

/** The windows of a pooling op along one axis. */
export interface PoolAxis {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  readonly dilation: number;
  /** How many windows there are. */
  readonly count: number;
}

/**
 * Windows along one axis as in PyTorch: with ceilMode the division is rounded up, but a last window that would start
 * beyond the input and its leading padding is dropped.
 */
export function poolAxis(
  size: number,
  kernel: number,
  stride: number,
  before: number,
  after: number,
  dilation: number,
  ceilMode: boolean,
): PoolAxis {
  const span = (size + before + after - dilation * (kernel - 1) - 1) / stride;
  let count = (ceilMode ? Math.ceil(span) : Math.floor(span)) + 1;
  if (ceilMode && (count - 1) * stride >= size + before) count -= 1;
  return { size, kernel, stride, before, after, dilation, count };
}

/** The vertical and the horizontal axis for an input of height x width. */
export function poolAxes(height: number, width: number, attributes: Attributes): [PoolAxis, PoolAxis] {
  const [kernelY, kernelX] = pairAttribute(attributes, 'kernelSize');
  const [strideY, strideX] = pairAttribute(attributes, 'strides');
  const [top, left, bottom, right] = listAttribute(attributes, 'pads') as [number, number, number, number];
  const [dilationY, dilationX] = 'dilations' in attributes ? pairAttribute(attributes, 'dilations') : [1, 1];
  const ceilMode = flagAttribute(attributes, 'ceilMode');
  return [
    poolAxis(height, kernelY, strideY, top, bottom, dilationY, ceilMode),
    poolAxis(width, kernelX, strideX, left, right, dilationX, ceilMode),
  ];
}

/** The positions inside the input that one window reads, in ascending order. */
export function windowPositions(axis: PoolAxis, window: number): number[] {
  const positions: number[] = [];
  for (let tap = 0; tap < axis.kernel; tap += 1) {
    const position = window * axis.stride - axis.before + tap * axis.dilation;
    if (position >= 0 && position < axis.size) positions.push(position);
  }
  return positions;
}

/** One pooling op to test. */
export interface PoolConfiguration {
  readonly x: readonly [n: number, c: number, h: number, w: number];
  readonly kernelSize: readonly [number, number];
  readonly strides: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
  readonly ceilMode: boolean;
  /** Average pooling only. */
  readonly countIncludePad: boolean;
}

/** The shape of the pooled map. */
export function pooledShape({ x, ...attributes }: PoolConfiguration): [number, number, number, number] {
  const [vertical, horizontal] = poolAxes(x[2], x[3], attributes);
  return [x[0], x[1], vertical.count, horizontal.count];
}

function odd(
  x: PoolConfiguration['x'],
  kernelSize: readonly [number, number],
  strides: readonly [number, number],
  changes: Partial<PoolConfiguration> = {},
): PoolConfiguration {
  return {
    x,
    kernelSize,
    strides,
    pads: [0, 0, 0, 0],
    dilations: [1, 1],
    ceilMode: false,
    countIncludePad: false,
    ...changes,
  };
}

const padsOfOne = [1, 1, 1, 1] as const;

export const oddPools: readonly PoolConfiguration[] = [
  odd([1, 1, 1, 1], [1, 1], [1, 1]),
  odd([1, 1, 4, 4], [2, 2], [2, 2]),
  odd([2, 3, 5, 5], [2, 2], [2, 2]),
  odd([2, 3, 5, 5], [2, 2], [2, 2], { ceilMode: true }),
  odd([1, 5, 7, 9], [3, 3], [2, 2], { ceilMode: true }),
  odd([1, 5, 7, 9], [3, 3], [2, 2], { pads: padsOfOne }),
  odd([1, 4, 8, 8], [3, 3], [2, 2], { pads: padsOfOne, ceilMode: true }),
  odd([1, 4, 8, 8], [3, 3], [2, 2], { pads: padsOfOne, ceilMode: true, countIncludePad: true }),
  odd([1, 2, 6, 6], [3, 3], [1, 1], { pads: padsOfOne, countIncludePad: true }),
  odd([2, 2, 6, 6], [3, 3], [1, 1], { pads: padsOfOne }),
  // A last window in ceil mode that would start in the trailing padding is dropped.
  odd([1, 1, 3, 3], [2, 2], [2, 2], { pads: padsOfOne, ceilMode: true }),
  odd([1, 2, 4, 4], [1, 1], [3, 3], { pads: [0, 0, 1, 1], ceilMode: true }),
  odd([1, 2, 5, 6], [2, 2], [3, 3], { ceilMode: true, pads: [1, 0, 0, 1], countIncludePad: true }),
  // In ceil mode a window may reach beyond the padding; what lies there is never counted.
  odd([1, 1, 6, 6], [4, 4], [3, 3], { ceilMode: true, countIncludePad: true }),
  odd([1, 2, 7, 8], [5, 4], [4, 5], { ceilMode: true, countIncludePad: true, pads: [2, 1, 2, 1] }),
  // Windows that lie in the padding alone.
  odd([1, 2, 1, 1], [2, 2], [1, 1], { pads: [3, 3, 3, 3], countIncludePad: true }),
  odd([2, 1, 2, 3], [2, 2], [2, 2], { pads: [4, 4, 4, 4] }),
  odd([1, 3, 2, 2], [3, 3], [1, 1], { dilations: [4, 4], pads: [4, 4, 4, 4] }),
  odd([1, 2, 3, 3], [2, 2], [2, 2], { dilations: [3, 3], pads: [2, 2, 2, 2] }),
  // Strides wider than the window, kernels of a single row, asymmetric padding.
  odd([1, 3, 9, 9], [1, 1], [2, 2]),
  odd([1, 3, 10, 11], [2, 2], [3, 4]),
  odd([1, 3, 6, 9], [1, 4], [1, 2], { pads: [0, 1, 0, 2] }),
  odd([1, 3, 9, 6], [4, 1], [2, 1], { pads: [2, 0, 1, 0] }),
  odd([3, 2, 6, 5], [3, 2], [1, 2], { pads: [0, 1, 2, 0], countIncludePad: true }),
  // Heavy overlap, the whole plane, and dilation.
  odd([1, 2, 9, 9], [5, 5], [1, 1], { pads: [2, 2, 2, 2] }),
  odd([2, 3, 7, 7], [7, 7], [1, 1]),
  odd([1, 1, 70, 72], [70, 72], [1, 1]),
  odd([1, 3, 9, 9], [3, 3], [1, 1], { dilations: [2, 2] }),
  odd([1, 3, 11, 10], [2, 3], [2, 1], { dilations: [3, 2], pads: [1, 2, 0, 1], ceilMode: true }),
  odd([1, 67, 4, 4], [2, 2], [2, 2]),
  odd([65, 1, 3, 3], [2, 2], [1, 1]),
  odd([1, 1, 1, 1200], [1, 3], [1, 2]),
  odd([1, 1, 1200, 1], [3, 1], [2, 1]),
];

export function drawPool(random: Random): PoolConfiguration {
  return drawUntil(
    () => {
      const kernel = random.pick([1, 2, 2, 3, 3, 4, 5]);
      const stride = random.pick([1, 2, 2, 3]);
      const pad = () => random.integer(0, random.chance(0.9) ? Math.floor(kernel / 2) : kernel + 1);
      const symmetric = pad();
      return {
        x: drawMapShape(random),
        kernelSize: [kernel, random.chance(0.7) ? kernel : random.integer(1, 5)],
        strides: [stride, random.chance(0.7) ? stride : random.integer(1, 4)],
        pads: random.chance(0.6) ? [symmetric, symmetric, symmetric, symmetric] : [pad(), pad(), pad(), pad()],
        dilations: random.chance(0.75) ? [1, 1] : [random.integer(1, 3), random.integer(1, 3)],
        ceilMode: random.chance(0.5),
        countIncludePad: random.chance(0.5),
      } satisfies PoolConfiguration;
    },
    (configuration) => {
      const [n, c, height, width] = pooledShape(configuration);
      const [kernelY, kernelX] = configuration.kernelSize;
      return height > 0 && width > 0 && n * c * height * width * kernelY * kernelX <= 60_000;
    },
  );
}
