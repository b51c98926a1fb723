import { mayEqual } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { sameShape } from '../shared/axes.ts';
import { exponentAttribute } from '../shared/lp-pool.ts';
import { feature, kernelSizeAttribute, windowAttributes, windowUniforms } from '../shared/windows.ts';

/** The cotangent of the input of lpPool, from y's cotangent g, x and the result y; 0 where a window's norm is 0. */
export const lpPoolGradient = defineOp({
  name: 'lpPoolGradient',
  inputs: ['g', 'x', 'y'],
  outputs: [''],
  attributes: { kernelSize: kernelSizeAttribute, ...windowAttributes, p: exponentAttribute },
  infer: ({ inputs, fail }) => {
    const [g, x, y] = inputs.map(feature);
    return g !== undefined && x !== undefined && y !== undefined && sameShape(g, y) && mayEqual(g[1], x[1])
      ? [{ dtype: 'float32', shape: x }]
      : fail('no maps and their pools', 'g and y [N, C, OH, OW], x [N, C, H, W]');
  },
  lower: (context) =>
    overBatch(context, ({ inputs, outputs, attributes, emit }) => {
      const [cotangent, input, norms] = inputs as [Operand, Operand, Operand];
      const output = outputs[0] as Operand;
      const { kernelSize, p } = attributes;
      emit({
        kernel: 'lp-pool/gradient',
        uniforms: { ...windowUniforms(input.shape, norms.shape, kernelSize, attributes), exponent: p },
        bindings: { input, norms, cotangent, output },
        threads: output.elements,
        operations: 8 * norms.elements * (kernelSize[0] as number) * (kernelSize[1] as number),
      });
    }),
});
