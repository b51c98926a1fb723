import { integer } from '../attributes.ts';
import type { Dimension } from '../dimension.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import type { GradientContext } from '../op.ts';
import { elementCount } from '../tensor-data.ts';
import { normalizeAxis } from './axes.ts';
import { sumToShapeOf } from './broadcast.ts';
import { batchNormSizes } from './normalization.ts';

/** The first of the dimensions that are normalized together; negative counts from the end. */
export const rowAxisAttribute = integer({}, -1);

/** The shape of what each row has once: sizes before `axis`, then ones. Undefined where there is no such axis. */
export function perRowShape(shape: readonly Dimension[], axis: number): readonly Dimension[] | undefined {
  const first = normalizeAxis(axis, shape.length);
  return first === undefined ? undefined : shape.map((size, index) => (index < first ? size : 1));
}

interface RowNormalization {
  readonly rows: number;
  readonly epsilon: number;
  /** False leaves the mean in, as root-mean-square normalization does. */
  readonly center: boolean;
  /** Per-channel or per-position factors; the flat index / inner % count names the one that an element has. */
  readonly affine?: { readonly inner: number; readonly scale: Operand; readonly shift?: Operand };
}

interface RowOutputs {
  readonly output: Operand;
  readonly mean?: Operand | undefined;
  readonly inverse?: Operand | undefined;
}

/** Statistics of each row in two passes, then the normalized elements. */
export function lowerRowNormalization(
  { inputs, emit, scratch, adapterClass }: LoweringContext<unknown>,
  { rows, epsilon, center, affine }: RowNormalization,
  { output, mean: givenMean, inverse: givenInverse }: RowOutputs,
): void {
  const input = inputs[0] as Operand;
  const size = input.elements / rows;
  const statistics = batchNormSizes({ ...input, shape: [1, rows, size] }, epsilon, adapterClass);
  const partials = scratch('partials', [rows, statistics.splits]);
  const mean = givenMean ?? scratch('mean', [rows]);
  const variance = scratch('variance', [rows]);
  const inverse = givenInverse ?? scratch('inverse', [rows]);
  const perSplit = { uniforms: statistics, threads: rows * statistics.splits, operations: 2 * input.elements };
  const perRow = { uniforms: statistics, threads: rows, operations: rows * statistics.splits };
  emit({ ...perSplit, kernel: 'batch-norm/partialSums', bindings: { input, output: partials } });
  emit({ ...perRow, kernel: 'batch-norm/combine', bindings: { partials, output: mean } });
  emit({ ...perSplit, kernel: 'batch-norm/partialSquares', bindings: { input, mean, output: partials } });
  emit({ ...perRow, kernel: 'batch-norm/combine', bindings: { partials, output: variance } });
  const uniforms = {
    rows,
    size,
    affineInner: affine?.inner ?? 1,
    affineCount: affine?.scale.elements ?? 1,
    epsilon,
    center: center ? 1 : 0,
  };
  const invert = { uniforms, bindings: { mean, variance, output: inverse }, threads: rows, operations: rows };
  emit({ kernel: 'row-norm/invert', ...invert });
  const normalize = { uniforms, threads: input.elements, operations: 4 * input.elements };
  const bindings = { input, mean, inverse, output };
  if (affine === undefined) {
    emit({ kernel: 'row-norm/plain', ...normalize, bindings });
  } else if (affine.shift === undefined) {
    emit({ kernel: 'row-norm/scaled', ...normalize, bindings: { ...bindings, scale: affine.scale } });
  } else {
    emit({
      kernel: 'row-norm/affine',
      ...normalize,
      bindings: { ...bindings, scale: affine.scale, shift: affine.shift },
    });
  }
}

/** The number of rows of a shape whose last dimensions, from `axis` on, are one row. */
export function rowCount(shape: readonly number[], axis: number): number {
  return elementCount(shape.slice(0, normalizeAxis(axis, shape.length)));
}

type NodeContext = Pick<GradientContext, 'op' | 'nodes' | 'value'>;

/** xhat and 1 / sqrt(variance + epsilon) of x as new nodes. */
export function standardized(
  { nodes }: NodeContext,
  x: string,
  attributes: { readonly axis: number; readonly epsilon: number; readonly center: boolean },
): { readonly normalized: string; readonly inverse: string } {
  const [normalized, , inverse] = nodes('standardize', [x], attributes) as [string, string, string];
  return { normalized, inverse };
}

/** The cotangent of x from that of xhat: inverse * (g - mean(g) - xhat * mean(g * xhat)), means over each row. */
export function standardizeGradient(
  { op, value }: NodeContext,
  g: string,
  { normalized, inverse }: { readonly normalized: string; readonly inverse: string },
  axis: number,
  center: boolean,
): string {
  const rank = value(g).shape.length;
  const first = normalizeAxis(axis, rank) as number;
  const axes = Array.from({ length: rank - first }, (_, index) => first + index);
  const rowMean = (name: string) => op('reduceMean', [name], { axes, keepDimensions: true });
  const along = op('multiply', [normalized, rowMean(op('multiply', [g, normalized]))]);
  const centered = center ? op('subtract', [g, rowMean(g)]) : g;
  return op('multiply', [op('subtract', [centered, along]), inverse]);
}

/** The cotangents of x, scale and shift of y = xhat * scale + shift, where scale and shift broadcast over each row. */
export function affineRowGradients(
  context: GradientContext,
  attributes: { readonly axis: number; readonly epsilon: number; readonly center: boolean },
): readonly (string | undefined)[] {
  const { node, needed, op } = context;
  const [x, scale, shift] = node.inputs as [string, string, string | undefined];
  const g = context.cotangents[0];
  if (g === undefined) return [];
  const parts = standardized(context, x, attributes);
  const forX = () =>
    standardizeGradient(context, op('multiply', [g, scale]), parts, attributes.axis, attributes.center);
  return [
    needed[0] === true ? forX() : undefined,
    needed[1] === true ? sumToShapeOf(context, op('multiply', [g, parts.normalized]), scale) : undefined,
    shift !== undefined && needed[2] === true ? sumToShapeOf(context, g, shift) : undefined,
  ];
}

/** The same where scale and shift [C] belong to the channels of x [N, C, …], and rows are [N, groups, …]. */
export function channelRowGradients(
  context: GradientContext,
  groups: number,
  epsilon: number,
): readonly (string | undefined)[] {
  const { node, needed, op, value } = context;
  const [x, scale] = node.inputs as [string, string];
  const g = context.cotangents[0] as string;
  const shape = value(x).shape as readonly number[];
  const [batch = 1, channels = 1] = shape;
  const rows = { shape: [batch, groups, -1] };
  const perChannel = { axes: shape.flatMap((_, axis) => (axis === 1 ? [] : [axis])) };
  const parts = standardized(context, op('reshape', [x], rows), { axis: 2, epsilon, center: true });
  const forX = () => {
    const factors = op('reshape', [scale], { shape: [channels, ...shape.slice(2).map(() => 1)] });
    const weighted = op('reshape', [op('multiply', [g, factors])], rows);
    return op('reshape', [standardizeGradient(context, weighted, parts, 2, true)], { shape });
  };
  const forScale = () =>
    op('reduceSum', [op('multiply', [g, op('reshape', [parts.normalized], { shape })])], perChannel);
  return [
    needed[0] === true ? forX() : undefined,
    needed[1] === true ? forScale() : undefined,
    needed[2] === true ? op('reduceSum', [g], perChannel) : undefined,
  ];
}
