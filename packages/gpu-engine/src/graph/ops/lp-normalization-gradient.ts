import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overRows } from '../shared/batches.ts';
import { normalizeAxis, sameShape } from '../shared/axes.ts';
import { lpNormAttributes, lpNormSizes } from '../shared/lp-norm.ts';

/** The cotangent of the input of lpNormalization, from y's cotangent g and x. */
export const lpNormalizationGradient = defineOp({
  name: 'lpNormalizationGradient',
  inputs: ['g', 'x'],
  outputs: [''],
  attributes: lpNormAttributes,
  infer: ({ inputs: [g, x], attributes, fail }) =>
    x !== undefined &&
    sameShape(g?.shape ?? [], x.shape) &&
    normalizeAxis(attributes.axis, x.shape.length) !== undefined
      ? [{ dtype: 'float32', shape: x.shape }]
      : fail('shapes differ', 'one shape'),
  lower: (context) =>
    overRows(context, context.attributes.axis, ({ inputs, outputs, attributes, emit }) => {
      const [cotangent, input] = inputs as [Operand, Operand];
      const output = outputs[0] as Operand;
      const uniforms = lpNormSizes(input, attributes);
      emit({
        kernel: 'lp-norm/gradient',
        uniforms,
        bindings: { input, cotangent, output },
        threads: uniforms.lines,
        operations: 12 * input.elements,
      });
    }),
});
