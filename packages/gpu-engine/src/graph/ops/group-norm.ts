import { integer } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { aroundAxis } from '../shared/axes.ts';
import { epsilonAttribute, fitsChannels } from '../shared/normalization.ts';
import { channelRowGradients, lowerRowNormalization } from '../shared/row-normalization.ts';

/**
 * Group normalization (Wu & He, 1803.08494; ONNX GroupNormalization 21): the channels of x [N, C, …] in `groups` of equal
 * size, each standardized together with its places, times scale [C], plus shift [C].
 */
export const groupNorm = defineOp({
  name: 'groupNorm',
  inputs: ['x', 'scale', 'shift'],
  outputs: [''],
  attributes: { groups: integer({ min: 1 }), epsilon: epsilonAttribute },
  infer: ({ inputs: [x, scale, shift], attributes: { groups }, fail }) => {
    if (!fitsChannels(x, [scale, shift])) return fail('scale and shift do not fit', 'x [N, C, …], [C] and [C]');
    const channels = x.shape[1];
    if (typeof channels === 'number' && channels % groups !== 0)
      return fail('groups do not divide the channels', `a multiple of ${groups}`);
    return [{ dtype: 'float32', shape: x.shape }];
  },
  gradient: (context) => channelRowGradients(context, context.attributes.groups, context.attributes.epsilon),
  lower: (context) =>
    overBatch(
      context,
      (part) => {
        const [x, scale, shift] = part.inputs as [Operand, Operand, Operand];
        const { groups, epsilon } = part.attributes;
        const { outer, inner } = aroundAxis(x.shape, 1);
        const normalization = { rows: outer * groups, epsilon, center: true, affine: { inner, scale, shift } };
        lowerRowNormalization(part, normalization, { output: part.outputs[0] as Operand });
      },
      [1, 2],
    ),
});
