import type { LoweringContext, Operand } from '../lowering.ts';
import type { InferContext, InferredOutput } from '../op.ts';
import { overBroadcast } from './batches.ts';
import { eight, sameShape } from './axes.ts';
import { broadcastShapes, broadcastStrides, mergeDimensions } from './broadcast.ts';

/** The `OPERATION` variants of binary.wgsl. */
const floatOperations = {
  add: 0,
  subtract: 1,
  multiply: 2,
  divide: 3,
  gate: 4,
  power: 5,
  modulo: 6,
  remainder: 7,
  minimum: 8,
  maximum: 9,
  prelu: 10,
  powerByBase: 11,
  powerByExponent: 12,
} as const;

/** The `OPERATION` variants of binary-integer.wgsl; compare.wgsl has the comparisons, for floats. */
const comparisons = { equal: 0, less: 1, lessOrEqual: 2, greater: 3, greaterOrEqual: 4 } as const;
const integerOperations = {
  ...comparisons,
  and: 5,
  or: 6,
  xor: 7,
  add: 8,
  subtract: 9,
  multiply: 10,
  divide: 11,
  power: 12,
  modulo: 13,
  remainder: 14,
  minimum: 15,
  maximum: 16,
} as const;

export type Comparison = keyof typeof comparisons;
type FloatOperation = keyof typeof floatOperations;
type IntegerOperation = keyof typeof integerOperations;

/** Two inputs of one dtype, and an output of that dtype. */
export function inferBroadcast({ inputs, fail }: InferContext<unknown>): readonly InferredOutput[] {
  const [a, b] = inputs;
  const shape = broadcastShapes(a?.shape ?? [], b?.shape ?? []);
  if (shape === undefined || shape.length > 8) return fail('the shapes do not broadcast', 'sizes that are equal or 1');
  if (a?.dtype !== b?.dtype) return fail('the dtypes differ', 'two inputs of one dtype');
  return [{ dtype: a?.dtype ?? 'float32', shape }];
}

/** As {@link inferBroadcast}, but the output is int32: 0 or 1. */
export function inferComparison(context: InferContext<unknown>): readonly InferredOutput[] {
  return inferBroadcast(context).map(({ shape }) => ({ dtype: 'int32', shape }));
}

/** output = f(a, b) with numpy's broadcasting; `f` must exist for integers too where the inputs may be int32. */
export function lowerBinary(context: LoweringContext<unknown>, operation: FloatOperation): void {
  const [a, b] = context.inputs as [Operand, Operand];
  if (a.dtype === 'int32') {
    lowerIntegers(context, operation as FloatOperation & IntegerOperation);
    return;
  }
  const output = context.outputs[0] as Operand;
  const variant = { OPERATION: floatOperations[operation] };
  if (sameShape(a.shape, b.shape)) {
    const [aChunks, bChunks] = [context.flatChunks(a), context.flatChunks(b)];
    context.flatChunks(output).forEach((chunk, index) => {
      context.emit({
        kernel: 'binary/same',
        variant,
        uniforms: { ...noBroadcast, count: chunk.elements },
        bindings: { a4: aChunks[index] as Operand, b4: bChunks[index] as Operand, output4: chunk },
        threads: Math.ceil(chunk.elements / 4),
        operations: chunk.elements,
      });
    });
    return;
  }
  overBroadcast(context, (part) => part.emit({ kernel: 'binary/broadcast', variant, ...broadcastCall(part) }));
}

/** output = f(a, b) for int32 inputs and output, with numpy's broadcasting. Logic takes what is not 0 for true. */
export function lowerIntegers(context: LoweringContext<unknown>, operation: IntegerOperation): void {
  const variant = { OPERATION: integerOperations[operation] };
  overBroadcast(context, (part) => part.emit({ kernel: 'binary-integer/main', variant, ...broadcastCall(part) }));
}

/** output = 1 where the comparison of a with b holds, else 0; a NaN compares as false. */
export function lowerComparison(context: LoweringContext<unknown>, operation: Comparison): void {
  if (context.inputs[0]?.dtype === 'int32') {
    lowerIntegers(context, operation);
    return;
  }
  const variant = { OPERATION: comparisons[operation] };
  overBroadcast(context, (part) => part.emit({ kernel: 'compare/main', variant, ...broadcastCall(part) }));
}

function broadcastCall({ inputs, outputs }: LoweringContext<unknown>) {
  const [a, b] = inputs as [Operand, Operand];
  const output = outputs[0] as Operand;
  const { sizes, strides } = mergeDimensions(output.shape, [
    broadcastStrides(a.shape, output.shape),
    broadcastStrides(b.shape, output.shape),
  ]);
  return {
    uniforms: {
      count: output.elements,
      rank: sizes.length,
      outputSize: eight(sizes, 1),
      aStride: eight(strides[0] ?? [], 0),
      bStride: eight(strides[1] ?? [], 0),
    },
    bindings: { a, b, output },
    threads: output.elements,
    operations: output.elements,
  };
}

const noBroadcast = { rank: 0, outputSize: eight([], 1), aStride: eight([], 0), bStride: eight([], 0) };
