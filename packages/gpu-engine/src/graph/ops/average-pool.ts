import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { averageAttributes, lowerAverage } from '../shared/average.ts';
import { inferPool } from '../shared/windows.ts';

/**
 * Mean of each window of x [N, C, H, W] (PyTorch AvgPool2d, ONNX AveragePool). With `countIncludePad` the divisor
 * counts padding too, but never cells beyond the padded input.
 */
export const averagePool = defineOp({
  name: 'averagePool',
  inputs: ['x'],
  outputs: [''],
  attributes: averageAttributes,
  infer: (context) => [inferPool(context)],
  gradient: ({ node, attributes, cotangents, op, value }) => {
    const inputSize = value(node.inputs[0] as string).shape.slice(2) as readonly number[];
    return [op('averagePoolGradient', [cotangents[0] as string], { ...attributes, inputSize })];
  },
  lower: (context) => overBatch(context, (part) => lowerAverage(part, 'forward')),
});
