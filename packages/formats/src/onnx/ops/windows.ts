import type { Dimension } from '@convscope/gpu-engine/graph';
import type { NodeContext } from '../node-context.ts';

/** Sizes of sliding windows over the spatial dimensions, any number of them; `pads` are all begins, then all ends. */
export interface Windows {
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pads: readonly number[];
}

/** The window attributes of Conv and the pools, `auto_pad` resolved (ONNX Conv: SAME gives ceil(size / stride) windows). */
export function windowsOf(context: NodeContext, kernel: readonly number[], spatial: readonly Dimension[]): Windows {
  const { attributes } = context;
  const rank = spatial.length;
  const kernelSize = attributes.integers('kernel_shape') ?? kernel;
  const ones = kernelSize.map(() => 1);
  const strides = attributes.integers('strides') ?? ones;
  const dilations = attributes.integers('dilations') ?? ones;
  const pads = resolvedPads(context, { kernelSize, strides, dilations }, spatial);
  if (kernelSize.length !== rank || strides.length !== rank || dilations.length !== rank || pads.length !== 2 * rank) {
    attributes.fail('the window does not fit the dimensions', `kernel ${kernelSize.join('x')}`, `${rank} dimensions`);
  }
  return { kernelSize, strides, dilations, pads };
}

function resolvedPads(
  context: NodeContext,
  { kernelSize, strides, dilations }: Omit<Windows, 'pads'>,
  spatial: readonly Dimension[],
): readonly number[] {
  const { attributes } = context;
  const mode = attributes.text('auto_pad', 'NOTSET');
  if (mode === 'NOTSET') return attributes.integers('pads') ?? spatial.flatMap(() => [0, 0]);
  if (mode === 'VALID') return spatial.flatMap(() => [0, 0]);
  if (mode !== 'SAME_UPPER' && mode !== 'SAME_LOWER') attributes.fail('unknown auto_pad', mode);
  const totals = spatial.map((size, axis) => {
    const extent = ((kernelSize[axis] ?? 1) - 1) * (dilations[axis] ?? 1) + 1;
    const stride = strides[axis] ?? 1;
    if (stride === 1) return Math.max(extent - 1, 0);
    if (typeof size === 'string') return context.unsupported(`auto_pad needs the size ${size}; state it`);
    return Math.max((Math.ceil(size / stride) - 1) * stride + extent - size, 0);
  });
  return splitPads(totals, mode === 'SAME_UPPER');
}

/** Totals as begins and ends; the odd one comes last where `upper` is set. */
export function splitPads(totals: readonly number[], upper: boolean): readonly number[] {
  const small = totals.map((total) => Math.floor(total / 2));
  const large = totals.map((total, axis) => total - (small[axis] as number));
  return upper ? [...small, ...large] : [...large, ...small];
}

/** The windows over two dimensions that are left when a first one of size 1 is put before the only one. */
export function asPlanes({ kernelSize, strides, dilations, pads }: Windows): Windows {
  if (kernelSize.length !== 1) return { kernelSize, strides, dilations, pads };
  const [before = 0, after = 0] = pads;
  return {
    kernelSize: [1, ...kernelSize],
    strides: [1, ...strides],
    dilations: [1, ...dilations],
    pads: [0, before, 0, after],
  };
}

/** The windows over the given dimensions only, in the engine's [H, W] form; -1 is a dimension that stays as it is. */
export function windowsOver(windows: Windows, axes: readonly [number, number]): Windows {
  const rank = windows.kernelSize.length;
  const pick = (list: readonly number[], fallback: number, offset = 0) =>
    axes.map((axis) => (axis < 0 ? fallback : (list[axis + offset] ?? fallback)));
  return {
    kernelSize: pick(windows.kernelSize, 1),
    strides: pick(windows.strides, 1),
    dilations: pick(windows.dilations, 1),
    pads: [...pick(windows.pads, 0), ...pick(windows.pads, 0, rank)],
  };
}
