import type { Value } from '../graph.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import type { InferContext, InferredOutput } from '../op.ts';
import { sameShape } from './axes.ts';

/** Checks that `count` tensors (parameter, gradient, moments) have one shape and that the rest are scalars. */
export function inferOptimizer({ inputs, fail }: InferContext<unknown>, count: number): readonly InferredOutput[] {
  const [parameter, ...others] = inputs.slice(0, count) as [Value, ...Value[]];
  const fits = others.every((other) => sameShape(other.shape, parameter.shape));
  const scalars = inputs.slice(count).every(({ shape }) => shape.length === 0);
  if (!fits || !scalars) return fail('the optimiser wants tensors of one shape, and scalars', 'equal shapes');
  const result = { dtype: 'float32', shape: parameter.shape } as const;
  return [result, ...others.slice(1).map(() => result)];
}

/** Calls `emit` for every chunk with the gradient's chunk, the chunks of what is updated in place, and their vectors. */
export function forEachChunk(
  context: LoweringContext<unknown>,
  emit: (gradient: Operand, updated: readonly Operand[], count: number) => void,
): void {
  const gradients = context.flatChunks(context.inputs[1] as Operand);
  const updated = context.outputs.map((output) => context.flatChunks(output));
  gradients.forEach((gradient, index) => {
    emit(
      gradient,
      updated.map((chunks) => chunks[index] as Operand),
      Math.ceil(gradient.elements / 4),
    );
  });
}
