import { integers } from '../attributes.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { lowerResize, resizeAttributes } from '../shared/resampling.ts';
import { feature } from '../shared/windows.ts';

/** The adjoint of resize, of its linear part: g [N, C, OH, OW] to [N, C, H, W], where `inputSize` is [H, W]. */
export const resizeGradient = defineOp({
  name: 'resizeGradient',
  inputs: ['g'],
  outputs: [''],
  attributes: { inputSize: integers({ length: 2, min: 1, max: 16384 }), ...resizeAttributes },
  infer: ({ inputs, attributes, fail }) => {
    const g = feature(inputs[0]);
    return g === undefined
      ? fail('no cotangent of feature maps', 'float32 [N, C, OH, OW]')
      : [{ dtype: 'float32', shape: [g[0], g[1], ...attributes.inputSize] }];
  },
  gradient: ({ node, attributes: { inputSize: _, ...resampling }, cotangents, op, value }) => {
    const size = value(node.inputs[0] as string).shape.slice(2) as readonly number[];
    return [op('resize', [cotangents[0] as string], { ...resampling, extrapolation: 0, size })];
  },
  lower: (context) => overBatch(context, (part) => lowerResize(part, 'gradient')),
});
