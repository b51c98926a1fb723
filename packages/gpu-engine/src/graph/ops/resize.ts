import { integers } from '../attributes.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { lowerResize, resizeAttributes } from '../shared/resampling.ts';
import { feature } from '../shared/windows.ts';

const size = integers({ length: 2, min: 1, max: 16384 });

/**
 * x [N, C, H, W] sampled at `size` [OH, OW] (ONNX Resize). half-pixel is PyTorch's align_corners=False (nearest: its
 * nearest-exact), align-corners its align_corners=True, asymmetric its `nearest`.
 */
export const resize = defineOp({
  name: 'resize',
  inputs: ['x'],
  outputs: [''],
  attributes: { size, ...resizeAttributes },
  infer: ({ inputs, attributes, fail }) => {
    const x = feature(inputs[0]);
    if (x === undefined) return fail('resizing wants feature maps', 'float32 [N, C, H, W]');
    if (attributes.scales.length % 2 !== 0 || attributes.scales.length > 2) return fail('not a pair', 'two scales');
    return [{ dtype: 'float32', shape: [x[0], x[1], ...attributes.size] }];
  },
  gradient: ({ node, attributes: { size: _, ...resampling }, cotangents, op, value }) => {
    const inputSize = value(node.inputs[0] as string).shape.slice(2) as readonly number[];
    return [op('resizeGradient', [cotangents[0] as string], { ...resampling, inputSize })];
  },
  lower: (context) => overBatch(context, (part) => lowerResize(part, 'forward')),
});
