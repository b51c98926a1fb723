import { defineOp } from '../op.ts';
import type { LoweringContext } from '../lowering.ts';
import { lowerSum } from '../shared/reduction.ts';
import { feature } from '../shared/windows.ts';

/** y[n, c, 0, 0] = mean of x[n, c]; x [N, C, H, W]. */
export const globalAveragePool = defineOp({
  name: 'globalAveragePool',
  inputs: ['x'],
  outputs: [''],
  attributes: {},
  infer: ({ inputs, fail }) => {
    const x = feature(inputs[0]);
    return x === undefined
      ? fail('global pooling wants feature maps', 'float32 [N, C, H, W]')
      : [{ dtype: 'float32', shape: [x[0], x[1], 1, 1] }];
  },
  gradient: ({ node, cotangents, op, value }) => {
    const shape = value(node.inputs[0] as string).shape as readonly number[];
    const factor = 1 / ((shape[2] as number) * (shape[3] as number));
    return [op('expand', [op('scale', [cotangents[0] as string], { factor })], { shape })];
  },
  lower: (context) => {
    const overPlane = { ...context, attributes: { axes: [2, 3], keepDimensions: true } };
    lowerSum(overPlane satisfies LoweringContext<unknown>, { finish: 'mean' });
  },
});
