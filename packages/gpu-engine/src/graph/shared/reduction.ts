import { boolean, integers, type AttributesOf } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import type { InferContext, InferredOutput } from '../op.ts';
import { eight, normalizeAxis, stridesOf } from './axes.ts';
import { mergeDimensions } from './broadcast.ts';

/** `axes` counts from the end where negative; an empty list means all axes. */
export const reductionAttributes = { axes: integers({}, []), keepDimensions: boolean(false) };

type ReductionAttributes = AttributesOf<typeof reductionAttributes>;

/** Elements that one thread adds up before the sum is split. */
const LONGEST_RUN = 512;

export function reducedAxes(axes: readonly number[], rank: number): ReadonlySet<number> {
  if (axes.length === 0) return new Set(Array.from({ length: rank }, (_, axis) => axis));
  return new Set(axes.map((axis) => normalizeAxis(axis, rank) ?? -1));
}

export function inferReduction({ inputs, attributes, fail }: InferContext<ReductionAttributes>): InferredOutput {
  const shape = inputs[0]?.shape ?? [];
  const reduced = reducedAxes(attributes.axes, shape.length);
  if (reduced.has(-1)) return fail('an axis does not exist', `axes from ${-shape.length} to ${shape.length - 1}`);
  const kept = attributes.keepDimensions
    ? shape.map((size, axis) => (reduced.has(axis) ? 1 : size))
    : shape.filter((_, axis) => !reduced.has(axis));
  return { dtype: 'float32', shape: kept };
}

/** The shape that a reduction's cotangent must be reshaped to before it can be broadcast over the input. */
export function keptShape(shape: readonly number[], axes: readonly number[]): number[] {
  const reduced = reducedAxes(axes, shape.length);
  return shape.map((size, axis) => (reduced.has(axis) ? 1 : size));
}

/** output = scale * sum over the axes, in one pass, or two where the sums are long and few. */
export function lowerSum(context: LoweringContext<ReductionAttributes>, scale: 'one' | 'mean'): void {
  const [input, output] = [context.inputs[0] as Operand, context.outputs[0] as Operand];
  const geometry = reductionGeometry(input.shape, context.attributes.axes);
  const { kept, reduced } = geometry;
  const factor = scale === 'mean' ? 1 / reduced : 1;
  const splits = kept >= 8192 ? 1 : Math.min(Math.ceil(reduced / LONGEST_RUN), 4096);
  const target = splits === 1 ? output : context.scratch('partials', [kept, splits]);
  const perSplit = Math.ceil(reduced / splits);
  context.emit({
    kernel: 'reduce/sum',
    uniforms: { ...geometry.uniforms, splits, perSplit, scale: splits === 1 ? factor : 1 },
    bindings: { input, output: target },
    threads: kept * splits,
    operations: input.elements,
  });
  if (splits === 1) return;
  context.emit({
    kernel: 'reduce/sum',
    uniforms: {
      ...reductionGeometry([kept, splits], [1]).uniforms,
      splits: 1,
      perSplit: splits,
      scale: factor,
    },
    bindings: { input: target, output },
    threads: kept,
    operations: kept * splits,
  });
}

/** output = max over the axes; positions = index of the first maximum within the reduced axes, row-major. */
export function lowerMaximum(context: LoweringContext<ReductionAttributes>): void {
  const input = context.inputs[0] as Operand;
  const [output, positions] = context.outputs as [Operand, Operand];
  const { kept, uniforms } = reductionGeometry(input.shape, context.attributes.axes);
  context.emit({
    kernel: 'reduce/maximum',
    uniforms: { ...uniforms, splits: 1, perSplit: 0, scale: 1 },
    bindings: { input, output, positions },
    threads: kept,
    operations: input.elements,
  });
}

function reductionGeometry(shape: readonly number[], axes: readonly number[]) {
  const isReduced = reducedAxes(axes, shape.length);
  const strides = stridesOf(shape);
  const part = (wanted: boolean) => {
    const chosen = shape.flatMap((_, axis) => (isReduced.has(axis) === wanted ? [axis] : []));
    const merged = mergeDimensions(
      chosen.map((axis) => shape[axis] as number),
      [chosen.map((axis) => strides[axis] as number)],
    );
    return { count: merged.sizes.reduce((a, b) => a * b, 1), sizes: merged.sizes, strides: merged.strides[0] ?? [] };
  };
  const [kept, reduced] = [part(false), part(true)];
  return {
    kept: kept.count,
    reduced: reduced.count,
    uniforms: {
      kept: kept.count,
      reduced: reduced.count,
      keptRank: kept.sizes.length,
      reducedRank: reduced.sizes.length,
      keptSize: eight(kept.sizes, 1),
      keptStride: eight(kept.strides, 0),
      reducedSize: eight(reduced.sizes, 1),
      reducedStride: eight(reduced.strides, 0),
    },
  };
}
