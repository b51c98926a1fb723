import { mayEqual } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { emitProduct } from '../shared/product/product.ts';
import { matrix } from '../shared/product/views.ts';

/** y [N, O] = x [N, I] * transpose of w [O, I] (PyTorch's Linear without its bias). w may be larger than a binding. */
export const dense = defineOp({
  name: 'dense',
  inputs: ['x', 'w'],
  outputs: [''],
  attributes: {},
  infer: ({ inputs: [x, w], fail }) =>
    x?.shape.length === 2 && w?.shape.length === 2 && mayEqual(x.shape[1], w.shape[1])
      ? [{ dtype: 'float32', shape: [x.shape[0] ?? 1, w.shape[0] ?? 1] }]
      : fail('the weights do not fit the input', 'x [N, I] and w [O, I]'),
  gradient: ({ node, cotangents, needed, op }) => {
    const [x, w] = node.inputs as [string, string];
    const g = cotangents[0] as string;
    return [
      needed[0] === true ? op('matmul', [g, w]) : undefined,
      needed[1] === true ? op('matmul', [g, x], { transposeA: true }) : undefined,
    ];
  },
  lower: (context) => {
    const [x, w] = context.inputs as [Operand, Operand];
    const y = matrix(context.outputs[0] as Operand);
    const [batch, inner] = x.shape as [number, number];
    for (const chunk of context.chunks(w)) {
      const columns = chunk.shape[0] as number;
      const offset = chunk.chunk?.start ?? 0;
      emitProduct(context, [batch, columns, inner], matrix(x), matrix(chunk, true), { ...y, offset });
    }
  },
});
