import { integer, type AttributesOf } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import type { InferContext, InferredOutput } from '../op.ts';
import { overRows } from './batches.ts';
import { aroundAxis, normalizeAxis, sameShape } from './axes.ts';

export const softmaxAttributes = { axis: integer({}, -1) };
type SoftmaxAttributes = AttributesOf<typeof softmaxAttributes>;

export function inferRows({ inputs, attributes, fail }: InferContext<SoftmaxAttributes>): readonly InferredOutput[] {
  const [x, y = x] = inputs;
  if (x === undefined || y === undefined || !sameShape(x.shape, y.shape)) return fail('shapes differ', 'one shape');
  if (normalizeAxis(attributes.axis, x.shape.length) === undefined) return fail('no such axis', 'an axis of x');
  return [{ dtype: 'float32', shape: x.shape }];
}

export function lowerRows(context: LoweringContext<SoftmaxAttributes>, kernel: 'softmax' | 'logSoftmax'): void {
  overRows(context, context.attributes.axis, (part) => emitRows(part, kernel));
}

function emitRows(
  { inputs, outputs, attributes, emit }: LoweringContext<SoftmaxAttributes>,
  kernel: 'softmax' | 'logSoftmax',
): void {
  const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
  const { outer, size, inner } = aroundAxis(input.shape, attributes.axis);
  emit({
    kernel: `softmax/${kernel}`,
    uniforms: { rows: outer * inner, axis: size, inner },
    bindings: { input, output },
    threads: outer * inner,
    operations: 4 * input.elements,
  });
}

/** Inputs: the cotangent, then the forward result. */
export function lowerRowsGradient(
  context: LoweringContext<SoftmaxAttributes>,
  kernel: 'softmaxGradient' | 'logSoftmaxGradient',
): void {
  overRows(context, context.attributes.axis, (part) => emitRowsGradient(part, kernel));
}

function emitRowsGradient(
  { inputs, outputs, attributes, emit }: LoweringContext<SoftmaxAttributes>,
  kernel: 'softmaxGradient' | 'logSoftmaxGradient',
): void {
  const [cotangent, input] = inputs as [Operand, Operand];
  const { outer, size, inner } = aroundAxis(input.shape, attributes.axis);
  emit({
    kernel: `softmax/${kernel}`,
    uniforms: { rows: outer * inner, axis: size, inner },
    bindings: { input, cotangent, output: outputs[0] as Operand },
    threads: outer * inner,
    operations: 4 * input.elements,
  });
}
