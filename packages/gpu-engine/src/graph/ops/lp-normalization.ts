import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overRows } from '../shared/batches.ts';
import { normalizeAxis } from '../shared/axes.ts';
import { lpNormAttributes, lpNormSizes } from '../shared/lp-norm.ts';

/** x divided by its p-norm along `axis`, p 1 or 2 (ONNX LpNormalization); 0 where the norm is 0. */
export const lpNormalization = defineOp({
  name: 'lpNormalization',
  inputs: ['x'],
  outputs: [''],
  attributes: lpNormAttributes,
  infer: ({ inputs: [x], attributes, fail }) =>
    x !== undefined && normalizeAxis(attributes.axis, x.shape.length) !== undefined
      ? [{ dtype: 'float32', shape: x.shape }]
      : fail('no such axis', 'an axis of x'),
  gradient: ({ node, attributes, cotangents, op }) => [
    op('lpNormalizationGradient', [cotangents[0] as string, node.inputs[0] as string], attributes),
  ],
  lower: (context) =>
    overRows(context, context.attributes.axis, ({ inputs, outputs, attributes, emit }) => {
      const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
      const uniforms = lpNormSizes(input, attributes);
      emit({
        kernel: 'lp-norm/forward',
        uniforms,
        bindings: { input, output },
        threads: uniforms.lines,
        operations: 6 * input.elements,
      });
    }),
});
