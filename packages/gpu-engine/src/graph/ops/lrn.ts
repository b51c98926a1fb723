import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { lrnAttributes, lrnSizes } from '../shared/lrn.ts';

/**
 * Local response normalization across channels (Krizhevsky et al. 2012; ONNX LRN): x [N, C, …] divided by
 * (bias + alpha / size * sum of x^2 over the `size` channels around)^beta. Also gives the sum in brackets, for the gradient.
 */
export const lrn = defineOp({
  name: 'lrn',
  inputs: ['x'],
  outputs: ['', 'scale'],
  attributes: lrnAttributes,
  infer: ({ inputs: [x], fail }) => {
    if (x === undefined || x.shape.length < 2) return fail('there are no channels', 'x [N, C, …]');
    const same = { dtype: 'float32', shape: x.shape } as const;
    return [same, same];
  },
  gradient: ({ node, attributes, cotangents, op }) => {
    if (cotangents[0] === undefined) return [];
    return [op('lrnGradient', [cotangents[0], node.inputs[0] as string, node.outputs[1] as string], attributes)];
  },
  lower: (context) =>
    overBatch(context, ({ inputs, outputs, attributes, emit }) => {
      const input = inputs[0] as Operand;
      const [output, scale] = outputs as [Operand, Operand];
      emit({
        kernel: 'lrn/forward',
        uniforms: lrnSizes(input, attributes),
        bindings: { input, output, scale },
        threads: output.elements,
        operations: output.elements * (2 * attributes.size + 8),
      });
    }),
});
