import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { aroundAxis } from '../shared/axes.ts';
import { epsilonAttribute, fitsChannels } from '../shared/normalization.ts';
import { channelRowGradients, lowerRowNormalization } from '../shared/row-normalization.ts';

/**
 * Instance normalization (Ulyanov et al., 1607.08022; ONNX InstanceNormalization): each plane of x [N, C, …] standardized
 * on its own, times scale [C], plus shift [C].
 */
export const instanceNorm = defineOp({
  name: 'instanceNorm',
  inputs: ['x', 'scale', 'shift'],
  outputs: [''],
  attributes: { epsilon: epsilonAttribute },
  infer: ({ inputs: [x, scale, shift], fail }) =>
    fitsChannels(x, [scale, shift]) && x.shape.length >= 3
      ? [{ dtype: 'float32', shape: x.shape }]
      : fail('scale and shift do not fit', 'x [N, C, …] of rank 3 or more, [C] and [C]'),
  gradient: (context) => {
    const channels = context.value(context.node.inputs[0] as string).shape[1] as number;
    return channelRowGradients(context, channels, context.attributes.epsilon);
  },
  lower: (context) =>
    overBatch(
      context,
      (part) => {
        const [x, scale, shift] = part.inputs as [Operand, Operand, Operand];
        const { epsilon } = part.attributes;
        const { outer, size, inner } = aroundAxis(x.shape, 1);
        const normalization = { rows: outer * size, epsilon, center: true, affine: { inner, scale, shift } };
        lowerRowNormalization(part, normalization, { output: part.outputs[0] as Operand });
      },
      [1, 2],
    ),
});
