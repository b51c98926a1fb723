import { boolean } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overRows } from '../shared/batches.ts';
import { epsilonAttribute } from '../shared/normalization.ts';
import {
  lowerRowNormalization,
  perRowShape,
  rowAxisAttribute,
  rowCount,
  standardizeGradient,
} from '../shared/row-normalization.ts';

/**
 * y = (x - mean) / sqrt(variance + epsilon) over the dimensions from `axis` on together, biased variance; without
 * `center`, y = x / sqrt(mean of x^2 + epsilon). Also gives the mean and 1 / sqrt(…), with sizes of 1 from `axis`
 * on; no gradient flows through them. Layer, instance, group and RMS normalization are this with scale and shift.
 */
export const standardize = defineOp({
  name: 'standardize',
  inputs: ['x'],
  outputs: ['', 'mean', 'inverse'],
  attributes: { axis: rowAxisAttribute, epsilon: epsilonAttribute, center: boolean(true) },
  infer: ({ inputs: [x], attributes, fail }) => {
    const perRow = perRowShape(x?.shape ?? [], attributes.axis);
    if (x === undefined || perRow === undefined) return fail('no such axis', 'an axis of x');
    const statistic = { dtype: 'float32', shape: perRow } as const;
    return [{ dtype: 'float32', shape: x.shape }, statistic, statistic];
  },
  gradient: (context) => {
    const { node, attributes, cotangents } = context;
    const [normalized, , inverse] = node.outputs as [string, string, string];
    if (cotangents[0] === undefined) return [];
    return [standardizeGradient(context, cotangents[0], { normalized, inverse }, attributes.axis, attributes.center)];
  },
  lower: (context) =>
    overRows(context, context.attributes.axis, (part) => {
      const [output, mean, inverse] = part.outputs as [Operand, Operand, Operand];
      const { axis, epsilon, center } = part.attributes;
      const rows = rowCount(output.shape, axis);
      lowerRowNormalization(part, { rows, epsilon, center }, { output, mean, inverse });
    }),
});
