import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { sameShape } from '../shared/axes.ts';
import { lrnAttributes, lrnSizes } from '../shared/lrn.ts';

/** The cotangent of the input of lrn, from y's cotangent g, x and lrn's second output. */
export const lrnGradient = defineOp({
  name: 'lrnGradient',
  inputs: ['g', 'x', 'scale'],
  outputs: [''],
  attributes: lrnAttributes,
  infer: ({ inputs: [g, x, scale], fail }) =>
    x !== undefined && sameShape(g?.shape ?? [], x.shape) && sameShape(scale?.shape ?? [], x.shape)
      ? [{ dtype: 'float32', shape: x.shape }]
      : fail('shapes differ', 'one shape'),
  lower: (context) =>
    overBatch(context, ({ inputs, outputs, attributes, emit }) => {
      const [cotangent, input, givenScale] = inputs as [Operand, Operand, Operand];
      const output = outputs[0] as Operand;
      emit({
        kernel: 'lrn/gradient',
        uniforms: lrnSizes(input, attributes),
        bindings: { input, givenScale, cotangent, output },
        threads: output.elements,
        operations: output.elements * (12 * attributes.size + 8),
      });
    }),
});
