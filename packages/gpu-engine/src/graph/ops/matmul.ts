import { mayEqual } from '../dimension.ts';
import { boolean } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { emitProduct } from '../shared/product/product.ts';
import { matrix } from '../shared/product/views.ts';

/**
 * y [M, P] = a [M, K] * b [K, P], each transposed first where its flag is set. The result, or an untransposed b, may
 * be larger than a binding: rows of the result are then computed chunk by chunk, chunks of b are added up in order.
 */
export const matmul = defineOp({
  name: 'matmul',
  inputs: ['a', 'b'],
  outputs: [''],
  attributes: { transposeA: boolean(false), transposeB: boolean(false) },
  infer: ({ inputs: [a, b], attributes: { transposeA, transposeB }, fail }) => {
    if (a?.shape.length !== 2 || b?.shape.length !== 2) return fail('matmul wants matrices', 'two tensors of rank 2');
    const [rows, innerA] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
    const [innerB, columns] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
    if (!mayEqual(innerA, innerB)) return fail('the inner sizes differ', 'equal inner sizes');
    return [{ dtype: 'float32', shape: [rows ?? 1, columns ?? 1] }];
  },
  gradient: ({ node, attributes: { transposeA, transposeB }, cotangents, needed, op }) => {
    const [a, b] = node.inputs as [string, string];
    const g = cotangents[0] as string;
    const forA = () =>
      transposeA
        ? op('matmul', [b, g], { transposeA: transposeB, transposeB: true })
        : op('matmul', [g, b], { transposeB: !transposeB });
    const forB = () =>
      transposeB
        ? op('matmul', [g, a], { transposeA: true, transposeB: transposeA })
        : op('matmul', [a, g], { transposeA: !transposeA });
    return [needed[0] === true ? forA() : undefined, needed[1] === true ? forB() : undefined];
  },
  lower: (context) => {
    const { transposeA, transposeB } = context.attributes;
    const [a, b] = context.inputs as [Operand, Operand];
    const y = context.outputs[0] as Operand;
    const columns = y.shape[1] as number;
    const inner = a.shape[transposeA ? 0 : 1] as number;
    const left = matrix(a, transposeA);
    const resultChunks = context.chunks(y);
    const bChunks = context.chunks(b);
    if (bChunks.length > 1 && !transposeB && resultChunks.length === 1) {
      bChunks.forEach((chunk, index) => {
        const start = chunk.chunk?.start ?? 0;
        const part = { ...left, offset: start * left.columnStride };
        const size = [y.shape[0] as number, columns, chunk.shape[0] as number] as const;
        emitProduct(context, size, part, matrix(chunk), matrix(y), index > 0);
      });
      return;
    }
    for (const chunk of resultChunks) {
      const offset = (chunk.chunk?.start ?? 0) * left.rowStride;
      const size = [chunk.shape[0] as number, columns, inner] as const;
      emitProduct(context, size, { ...left, offset }, matrix(b, transposeB), matrix(chunk));
    }
  },
});
