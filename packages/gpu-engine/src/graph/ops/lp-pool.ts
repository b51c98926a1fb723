import type { Dimension } from '../dimension.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { exponentAttribute, lowerLpPool } from '../shared/lp-pool.ts';
import { ceilModeAttribute, feature, kernelSizeAttribute, windowAttributes, windowCount } from '../shared/windows.ts';

/** (Sum of |x|^p over each window)^(1/p) of x [N, C, H, W] (ONNX LpPool); padding adds nothing. p from 1 on. */
export const lpPool = defineOp({
  name: 'lpPool',
  inputs: ['x'],
  outputs: [''],
  attributes: {
    kernelSize: kernelSizeAttribute,
    ...windowAttributes,
    ceilMode: ceilModeAttribute,
    p: exponentAttribute,
  },
  infer: ({ inputs, attributes, fail }) => {
    const x = feature(inputs[0]);
    if (x === undefined) return fail('pooling wants feature maps', 'float32 [N, C, H, W]');
    const { kernelSize, ceilMode } = attributes;
    const size = ([0, 1] as const).map((axis) =>
      windowCount(x[axis + 2] as Dimension, kernelSize[axis] as number, axis, attributes, ceilMode),
    );
    if (size.some((count) => typeof count === 'number' && count < 1))
      return fail('the window is larger than the input', 'a padded input as large as the window');
    return [{ dtype: 'float32', shape: [x[0], x[1], ...size] }];
  },
  gradient: ({ node, attributes: { ceilMode: _, ...window }, cotangents, op }) => [
    op('lpPoolGradient', [cotangents[0] as string, node.inputs[0] as string, node.outputs[0] as string], window),
  ],
  lower: (context) => overBatch(context, (part) => lowerLpPool(part, context.attributes)),
});
