import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overRows } from '../shared/batches.ts';
import { normalizeAxis, sameShape } from '../shared/axes.ts';
import { epsilonAttribute } from '../shared/normalization.ts';
import { affineRowGradients, lowerRowNormalization, rowAxisAttribute, rowCount } from '../shared/row-normalization.ts';

/**
 * Root-mean-square normalization (Zhang & Sennrich, 1910.07467; ONNX RMSNormalization): x / sqrt(mean of x^2 + epsilon)
 * over the dimensions from `axis` on together, times scale, which has those dimensions' shape.
 */
export const rmsNorm = defineOp({
  name: 'rmsNorm',
  inputs: ['x', 'scale'],
  outputs: [''],
  attributes: { axis: rowAxisAttribute, epsilon: epsilonAttribute },
  infer: ({ inputs: [x, scale], attributes, fail }) => {
    const first = normalizeAxis(attributes.axis, x?.shape.length ?? 0);
    if (x === undefined || first === undefined) return fail('no such axis', 'an axis of x');
    const row = x.shape.slice(first);
    if (!sameShape(scale?.shape ?? [], row)) return fail('the scale does not fit', row.join('x'));
    return [{ dtype: 'float32', shape: x.shape }];
  },
  gradient: (context) => affineRowGradients(context, { ...context.attributes, center: false }),
  lower: (context) =>
    overRows(
      context,
      context.attributes.axis,
      (part) => {
        const output = part.outputs[0] as Operand;
        const { axis, epsilon } = part.attributes;
        const rows = rowCount(output.shape, axis);
        const affine = { inner: 1, scale: part.inputs[1] as Operand };
        lowerRowNormalization(part, { rows, epsilon, center: false, affine }, { output });
      },
      [1],
    ),
});
