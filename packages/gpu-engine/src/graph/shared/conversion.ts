import type { LoweringContext, Operand } from '../lowering.ts';
import type { InferContext, InferredOutput } from '../op.ts';

/** The `OPERATION` variants of convert.wgsl. */
const conversions = {
  copy: 0,
  floatToInteger: 1,
  integerToFloat: 2,
  floatToTruth: 3,
  floatToFloatTruth: 4,
  integerToTruth: 5,
  integerToFloatTruth: 6,
  not: 7,
  isNan: 8,
  isInf: 9,
} as const;

export type Conversion = keyof typeof conversions;

export function inferTruth({ inputs }: InferContext<unknown>): readonly InferredOutput[] {
  return [{ dtype: 'int32', shape: inputs[0]?.shape ?? [] }];
}

/** output = f(input) by its bits, chunk by chunk where the tensor is larger than a binding. */
export function lowerConversion(context: LoweringContext<unknown>, conversion: Conversion, mask = 0): void {
  const inputs = context.flatChunks(context.inputs[0] as Operand);
  context.flatChunks(context.outputs[0] as Operand).forEach((output, index) => {
    context.emit({
      kernel: 'convert/main',
      variant: { OPERATION: conversions[conversion] },
      uniforms: { count: output.elements, mask },
      bindings: { input: inputs[index] as Operand, output },
      threads: output.elements,
      operations: output.elements,
    });
  });
}
