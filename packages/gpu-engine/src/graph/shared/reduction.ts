import { boolean, integers, type AttributesOf } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import type { GradientContext, InferContext, InferredOutput } from '../op.ts';
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

/** Of reduceMin and reduceMax: the extremum, and the positions at which it was found. */
export function inferExtremum(context: InferContext<ReductionAttributes>): readonly InferredOutput[] {
  const output = inferReduction(context);
  return [output, { dtype: 'int32', shape: output.shape }];
}

/** The cotangent goes to the position of the extremum alone. */
export function extremumGradient({
  node,
  attributes,
  cotangents,
  op,
  value,
}: GradientContext<ReductionAttributes>): readonly string[] {
  const inputShape = value(node.inputs[0] as string).shape as readonly number[];
  const given = { axes: attributes.axes, inputShape };
  return [op('reduceMaxGradient', [cotangents[0] as string, node.outputs[1] as string], given)];
}

/** The shape that a reduction's cotangent must be reshaped to before it can be broadcast over the input. */
export function keptShape(shape: readonly number[], axes: readonly number[]): number[] {
  const reduced = reducedAxes(axes, shape.length);
  return shape.map((size, axis) => (reduced.has(axis) ? 1 : size));
}

/** What is added up, and what becomes of the sum. */
export interface SumForm {
  readonly term?: 'value' | 'magnitude' | 'square';
  readonly finish?: 'mean' | 'root' | 'logarithm';
}

const terms = { value: 0, magnitude: 1, square: 2 } as const;
const finishes = { none: 0, root: 1, logarithm: 2 } as const;

/** output = a form of the sum over the axes, in one pass, or two where the sums are long and few. */
export function lowerSum(
  { inputs, outputs, attributes, emit, scratch }: LoweringContext<ReductionAttributes>,
  { term = 'value', finish }: SumForm = {},
): void {
  const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
  const geometry = reductionGeometry(input.shape, attributes.axes);
  const { kept, reduced } = geometry;
  const last = { scale: finish === 'mean' ? 1 / reduced : 1, bottom: -Infinity };
  const FINISH = finishes[finish === undefined || finish === 'mean' ? 'none' : finish];
  const splits = kept >= 8192 ? 1 : Math.max(1, Math.min(Math.ceil(reduced / LONGEST_RUN), 4096));
  const target = splits === 1 ? output : scratch('partials', [kept, splits]);
  const perSplit = Math.ceil(reduced / splits);
  emit({
    kernel: 'reduce/sum',
    variant: { TERM: terms[term], FINISH: splits === 1 ? FINISH : 0 },
    uniforms: { ...geometry.uniforms, ...last, splits, perSplit, ...(splits === 1 ? {} : { scale: 1 }) },
    bindings: { input, output: target },
    threads: kept * splits,
    operations: input.elements,
  });
  if (splits === 1) return;
  emit({
    kernel: 'reduce/sum',
    variant: { TERM: 0, FINISH },
    uniforms: { ...reductionGeometry([kept, splits], [1]).uniforms, ...last, splits: 1, perSplit: splits },
    bindings: { input: target, output },
    threads: kept,
    operations: kept * splits,
  });
}

/** How an element is chosen: by its size, and where several are as good, the first or the last in row-major order. */
export interface Choice {
  readonly of: 'largest' | 'smallest';
  readonly last?: boolean;
}

/** values = the extreme over the axes; positions = its index within the reduced axes, row-major. */
export function emitExtremum(
  emit: LoweringContext<unknown>['emit'],
  [input, output, positions]: readonly [Operand, Operand, Operand],
  axes: readonly number[],
  { of, last = false }: Choice,
): void {
  const { kept, uniforms } = reductionGeometry(input.shape, axes);
  const bottom = of === 'largest' ? -Infinity : Infinity;
  emit({
    kernel: 'reduce/extremum',
    variant: { CHOICE: (of === 'largest' ? 0 : 1) + (last ? 2 : 0) },
    uniforms: { ...uniforms, ...onePass, bottom },
    bindings: { input, output, positions },
    threads: kept,
    operations: input.elements,
  });
}

/** output = logarithm of the sum of exponentials over the axes. */
export function lowerLogSumExp({ inputs, outputs, attributes, emit }: LoweringContext<ReductionAttributes>): void {
  const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
  const { kept, uniforms } = reductionGeometry(input.shape, attributes.axes);
  emit({
    kernel: 'reduce/logSumExp',
    uniforms: { ...uniforms, ...onePass },
    bindings: { input, output },
    threads: kept,
    operations: 4 * input.elements,
  });
}

/** output = product over the axes. */
export function lowerProduct({ inputs, outputs, attributes, emit }: LoweringContext<ReductionAttributes>): void {
  const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
  const { kept, uniforms } = reductionGeometry(input.shape, attributes.axes);
  emit({
    kernel: 'reduce-product/forward',
    uniforms,
    bindings: { input, output },
    threads: kept,
    operations: input.elements,
  });
}

/** output = cotangent * the product of the others; inputs g and x, output as x. */
export function lowerProductGradient({
  inputs,
  outputs,
  attributes,
  emit,
}: LoweringContext<Pick<ReductionAttributes, 'axes'>>): void {
  const [cotangent, input] = inputs as [Operand, Operand];
  const { kept, reduced, uniforms } = reductionGeometry(input.shape, attributes.axes);
  emit({
    kernel: 'reduce-product/gradient',
    uniforms,
    bindings: { cotangent, input, output: outputs[0] as Operand },
    threads: kept * reduced,
    operations: input.elements * reduced,
  });
}

/** A cotangent of the reduced tensor, or its result, repeated over the shape of the reduction's input. */
export function spreadOver(
  { op, value }: Pick<GradientContext, 'op' | 'value'>,
  reduced: string,
  input: string,
  axes: readonly number[],
): string {
  const shape = value(input).shape as readonly number[];
  const kept = op('reshape', [reduced], { shape: keptShape(shape, axes), allowZero: true });
  return op('expand', [kept], { shape });
}

const onePass = { splits: 1, perSplit: 0, scale: 1, bottom: -Infinity };

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
