import type { Dimension } from '@convscope/gpu-engine/graph';
import type { Importer, NodeContext } from '../node-context.ts';

const MODES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['nearest', 'nearest'],
  ['linear', 'bilinear'],
  ['bilinear', 'bilinear'],
  ['cubic', 'bicubic'],
  ['bicubic', 'bicubic'],
]);

const COORDINATES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['half_pixel', 'half-pixel'],
  ['half_pixel_symmetric', 'half-pixel-symmetric'],
  ['pytorch_half_pixel', 'pytorch-half-pixel'],
  ['align_corners', 'align-corners'],
  ['asymmetric', 'asymmetric'],
  ['tf_crop_and_resize', 'crop-and-resize'],
]);

/** What Resize asks for, one entry a dimension of the input. */
interface Target {
  readonly sizes: readonly Dimension[];
  readonly scales: readonly number[] | undefined;
}

/** Since opset 11 X, roi, scales, sizes; in opset 10 X, scales, sampled as Upsample was. */
const resize: Importer = (context) => {
  const { attributes } = context;
  if (context.opset < 11) return oldResize(context, context.numbers(1));
  const shape = context.shape(0);
  const axes = attributes.integers('axes')?.map((axis) => context.axis(axis, shape.length)) ?? shape.map((_, k) => k);
  const target = targetOf(context, shape, axes);
  const coordinates = attributes.text('coordinate_transformation_mode', 'half_pixel');
  const roi = coordinates === 'tf_crop_and_resize' ? regionOf(context, axes, shape.length) : undefined;
  emitResize(context, target, {
    mode: attributes.text('mode', 'nearest'),
    coordinates,
    rounding: attributes.text('nearest_mode', 'round_prefer_floor').replaceAll('_', '-'),
    cubicCoefficient: attributes.number('cubic_coeff_a', -0.75),
    excludeOutside: attributes.flag('exclude_outside'),
    antialias: attributes.flag('antialias'),
    extrapolation: attributes.number('extrapolation_value', 0),
    ...(roi === undefined ? {} : { region: roi }),
  });
};

function targetOf(context: NodeContext, shape: readonly Dimension[], axes: readonly number[]): Target {
  const scales = context.numbers(2) ?? [];
  if (scales.length > 0) {
    const all = shape.map((_, axis) => scales[axes.indexOf(axis)] ?? 1);
    return { scales: all, sizes: shape.map((size, axis) => scaled(context, size, all[axis] ?? 1)) };
  }
  const wanted = context.sizes(3);
  const policy = context.attributes.text('keep_aspect_ratio_policy', 'stretch');
  const given = shape.map((size, axis) => (axes.includes(axis) ? (wanted[axes.indexOf(axis)] ?? size) : size));
  if (policy === 'stretch') return { scales: undefined, sizes: given };
  const ratios = axes.map((axis) => Number(given[axis]) / Number(shape[axis]));
  const ratio = policy === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
  return {
    scales: shape.map((_, axis) => (axes.includes(axis) ? ratio : 1)),
    sizes: shape.map((size, axis) => (axes.includes(axis) ? Math.floor(Number(size) * ratio + 0.5) : size)),
  };
}

function scaled(context: NodeContext, size: Dimension, scale: number): Dimension {
  if (scale === 1) return size;
  if (typeof size === 'string') return context.unsupported(`resizing needs the size ${size}; state it`);
  return Math.floor(size * scale);
}

/** The roi input [starts…, ends…] as [top, left, bottom, right]. */
function regionOf(context: NodeContext, axes: readonly number[], rank: number): readonly number[] {
  const roi = context.numbers(1) ?? [];
  const at = (axis: number, isEnd: boolean) => {
    const index = axes.indexOf(axis);
    return index < 0 ? Number(isEnd) : (roi[index + (isEnd ? axes.length : 0)] ?? Number(isEnd));
  };
  return [at(rank - 2, false), at(rank - 1, false), at(rank - 2, true), at(rank - 1, true)];
}

function emitResize(
  context: NodeContext,
  { sizes, scales }: Target,
  {
    mode,
    coordinates,
    ...rest
  }: Readonly<Record<string, number | string | boolean | readonly number[]>> & {
    readonly mode: string;
    readonly coordinates: string;
  },
): void {
  const shape = context.shape(0);
  const spatial = shape.length - 2;
  const isSame = [0, 1].every((axis) => sizes[axis] === shape[axis] || context.values.isFreedBatch(shape[axis]));
  if ((spatial !== 2 && spatial !== 1) || !isSame)
    context.unsupported('resizing of other dimensions than the last two');
  const size = sizes.slice(2);
  if (size.some((value) => typeof value === 'string')) context.unsupported('resizing to a size that is not stated');
  const given = {
    ...rest,
    mode: MODES.get(mode) ?? context.unsupported(`the mode ${mode}`),
    coordinates: COORDINATES.get(coordinates) ?? context.unsupported(`the coordinates ${coordinates}`),
    size: spatial === 1 ? [1, ...(size as number[])] : (size as number[]),
    ...(scales === undefined ? {} : { scales: spatial === 1 ? [1, ...scales.slice(2)] : scales.slice(2) }),
  };
  if (spatial === 2) return context.output('resize', [context.input(0)], given);
  const plane = context.op('reshape', [context.input(0)], { shape: [0, 0, 1, -1] });
  return context.output('reshape', [context.op('resize', [plane], given)], { shape: [0, 0, -1] });
}

/** Upsample, and Resize of opset 10: coordinates divided by the scale, the floor of them where nearest. */
function oldResize(context: NodeContext, given: readonly number[] | undefined): void {
  const { attributes } = context;
  const shape = context.shape(0);
  // Opset 6 scales pictures only, by two numbers.
  const ofPictures = attributes.hasAttribute('height_scale')
    ? [1, 1, attributes.number('height_scale', 1), attributes.number('width_scale', 1)]
    : [];
  const scales = given ?? attributes.numbers('scales') ?? ofPictures;
  const sizes = shape.map((size, axis) => scaled(context, size, scales[axis] ?? 1));
  const mode = attributes.text('mode', 'nearest');
  emitResize(
    context,
    { sizes, scales: shape.map((_, axis) => scales[axis] ?? 1) },
    {
      mode,
      coordinates: 'asymmetric',
      rounding: 'floor',
    },
  );
}

/** Pads [begins…, ends…], for `axes` or all; negative ones cut. */
const pad: Importer = (context) => {
  const { attributes } = context;
  const shape = context.shape(0);
  const pads = context.integers(1, 'pads') ?? [];
  const axes = (context.numbers(3) ?? shape.map((_, axis) => axis)).map((axis) => context.axis(axis, shape.length));
  const value = context.numbers(2)?.[0] ?? attributes.number('value', 0);
  const mode = attributes.text('mode', 'constant');
  const changes = axes.flatMap((axis, index) => {
    const [before = 0, after = 0] = [pads[index], pads[index + axes.length]];
    return before === 0 && after === 0 ? [] : [{ axis, before, after, mode, value }];
  });
  if (changes.length === 0) return context.passInput(0);
  let x = context.input(0);
  changes.forEach((change, index) => {
    if (index < changes.length - 1) x = context.op('pad', [x], change);
    else context.output('pad', [x], change);
  });
};

const gridSample: Importer = (context) => {
  const { attributes } = context;
  const mode = attributes.text('mode', 'linear');
  context.output('gridSample', [context.input(0), context.input(1)], {
    mode: MODES.get(mode) ?? context.unsupported(`the mode ${mode}`),
    paddingMode: attributes.text('padding_mode', 'zeros'),
    alignCorners: attributes.flag('align_corners'),
  });
};

export const resampling: readonly (readonly [string, Importer])[] = [
  ['Resize', resize],
  ['Upsample', (context) => oldResize(context, context.numbers(1))],
  ['Pad', pad],
  ['GridSample', gridSample],
];
