import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overRows } from '../shared/batches.ts';
import { normalizeAxis, sameShape } from '../shared/axes.ts';
import { epsilonAttribute } from '../shared/normalization.ts';
import {
  affineRowGradients,
  lowerRowNormalization,
  perRowShape,
  rowAxisAttribute,
  rowCount,
} from '../shared/row-normalization.ts';

/**
 * Layer normalization (Ba et al., 1607.06450; ONNX LayerNormalization): x standardized over the dimensions from `axis` on
 * together, times scale, plus shift, both of those dimensions' shape. Also gives mean and 1 / sqrt(variance + epsilon),
 * with sizes of 1 from `axis` on; no gradient flows through them.
 */
export const layerNorm = defineOp({
  name: 'layerNorm',
  inputs: ['x', 'scale', 'shift'],
  outputs: ['', 'mean', 'inverse'],
  attributes: { axis: rowAxisAttribute, epsilon: epsilonAttribute },
  infer: ({ inputs: [x, scale, shift], attributes, fail }) => {
    const perRow = perRowShape(x?.shape ?? [], attributes.axis);
    if (x === undefined || perRow === undefined) return fail('no such axis', 'an axis of x');
    const row = x.shape.slice(normalizeAxis(attributes.axis, x.shape.length));
    if (!sameShape(scale?.shape ?? [], row) || !sameShape(shift?.shape ?? [], row))
      return fail('scale and shift do not fit', row.join('x'));
    const statistic = { dtype: 'float32', shape: perRow } as const;
    return [{ dtype: 'float32', shape: x.shape }, statistic, statistic];
  },
  gradient: (context) => affineRowGradients(context, { ...context.attributes, center: true }),
  lower: (context) =>
    overRows(
      context,
      context.attributes.axis,
      (part) => {
        const [, scale, shift] = part.inputs as [Operand, Operand, Operand];
        const [output, mean, inverse] = part.outputs as [Operand, Operand, Operand];
        const { axis, epsilon } = part.attributes;
        const rows = rowCount(output.shape, axis);
        const affine = { inner: 1, scale, shift };
        lowerRowNormalization(part, { rows, epsilon, center: true, affine }, { output, mean, inverse });
      },
      [1, 2],
    ),
});
