import type { LoweringContext, Operand } from '../lowering.ts';
import type { InferContext, InferredOutput } from '../op.ts';
import { eight, sameShape } from './axes.ts';
import { broadcastShapes, broadcastStrides, mergeDimensions } from './broadcast.ts';

/** The `OPERATION` variants of unary.wgsl. */
const unaryOperations = { relu: 0, scale: 1 } as const;

/** The `OPERATION` variants of binary.wgsl. */
const binaryOperations = { add: 0, subtract: 1, multiply: 2, divide: 3, gate: 4 } as const;

export function inferSame({ inputs }: InferContext<unknown>): readonly InferredOutput[] {
  return inputs.slice(0, 1).map(({ dtype, shape }) => ({ dtype, shape }));
}

/** output = f(input), chunk by chunk where the tensor is larger than a binding. */
export function lowerUnary(
  context: LoweringContext<unknown>,
  operation: keyof typeof unaryOperations,
  factor = 1,
): void {
  const inputs = context.chunks(context.inputs[0] as Operand);
  context.chunks(context.outputs[0] as Operand).forEach((output, index) => {
    context.emit({
      kernel: 'unary/main',
      variant: { OPERATION: unaryOperations[operation] },
      uniforms: { count: output.elements, factor },
      bindings: { input: inputs[index] as Operand, output },
      threads: Math.ceil(output.elements / 4),
      operations: output.elements,
    });
  });
}

export function inferBroadcast({ inputs, fail }: InferContext<unknown>): readonly InferredOutput[] {
  const [a, b] = inputs;
  const shape = broadcastShapes(a?.shape ?? [], b?.shape ?? []);
  if (shape === undefined || shape.length > 8) return fail('the shapes do not broadcast', 'sizes that are equal or 1');
  return [{ dtype: 'float32', shape }];
}

/** output = f(a, b) with numpy's broadcasting. */
export function lowerBinary(context: LoweringContext<unknown>, operation: keyof typeof binaryOperations): void {
  const [a, b] = context.inputs as [Operand, Operand];
  const output = context.outputs[0] as Operand;
  const variant = { OPERATION: binaryOperations[operation] };
  if (sameShape(a.shape, b.shape)) {
    const [aChunks, bChunks] = [context.chunks(a), context.chunks(b)];
    context.chunks(output).forEach((chunk, index) => {
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
  const { sizes, strides } = mergeDimensions(output.shape, [
    broadcastStrides(a.shape, output.shape),
    broadcastStrides(b.shape, output.shape),
  ]);
  context.emit({
    kernel: 'binary/broadcast',
    variant,
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
  });
}

const noBroadcast = { rank: 0, outputSize: eight([], 1), aStride: eight([], 0), bStride: eight([], 0) };
