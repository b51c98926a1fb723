import type { Dimension } from '../dimension.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { averageAttributes, lowerAverage } from '../shared/average.ts';
import { feature, windowCount } from '../shared/windows.ts';

/**
 * Mean of each window of x [N, C, H, W] (PyTorch AvgPool2d, ONNX AveragePool). With `countIncludePad` the divisor
 * counts padding too, but never cells beyond the padded input.
 */
export const averagePool = defineOp({
  name: 'averagePool',
  inputs: ['x'],
  outputs: [''],
  attributes: averageAttributes,
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
  gradient: ({ node, attributes, cotangents, op, value }) => {
    const inputSize = value(node.inputs[0] as string).shape.slice(2) as readonly number[];
    return [op('averagePoolGradient', [cotangents[0] as string], { ...attributes, inputSize })];
  },
  lower: (context) => overBatch(context, (part) => lowerAverage(part, 'forward')),
});
