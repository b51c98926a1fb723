import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { averageAttributes, lowerAverage } from '../shared/average.ts';
import { feature, planeSizeAttribute } from '../shared/windows.ts';

/** The adjoint of averagePool: g [N, C, OH, OW] to [N, C, H, W], where `inputSize` is [H, W]. */
export const averagePoolGradient = defineOp({
  name: 'averagePoolGradient',
  inputs: ['g'],
  outputs: [''],
  attributes: { ...averageAttributes, inputSize: planeSizeAttribute },
  infer: ({ inputs, attributes, fail }) => {
    const g = feature(inputs[0]);
    return g === undefined
      ? fail('no cotangent of feature maps', 'float32 [N, C, OH, OW]')
      : [{ dtype: 'float32', shape: [g[0], g[1], ...attributes.inputSize] }];
  },
  gradient: ({ attributes: { inputSize: _, ...pool }, cotangents, op }) => [
    op('averagePool', [cotangents[0] as string], pool),
  ],
  lower: (context) => overBatch(context, (part) => lowerAverage(part, 'gradient')),
});
