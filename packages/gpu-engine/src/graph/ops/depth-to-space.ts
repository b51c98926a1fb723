import { divideDimension, multiplyDimensions } from '../dimension.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { depthToSpaceAttributes, lowerDepthToSpace } from '../shared/depth-to-space.ts';
import { feature } from '../shared/windows.ts';

/** x [N, C * b * b, H, W] to [N, C, H * b, W * b], b the block size (ONNX DepthToSpace; CRD is PyTorch's PixelShuffle). */
export const depthToSpace = defineOp({
  name: 'depthToSpace',
  inputs: ['x'],
  outputs: [''],
  attributes: depthToSpaceAttributes,
  infer: ({ inputs, attributes: { blockSize }, fail }) => {
    const x = feature(inputs[0]);
    if (x === undefined) return fail('no feature maps', 'float32 [N, C, H, W]');
    const [batch, depth, height, width] = x;
    const cells = blockSize * blockSize;
    if (typeof depth === 'number' && depth % cells !== 0) return fail('blocks do not divide', `multiples of ${cells}`);
    const [wideHeight, wideWidth] = [multiplyDimensions(height, blockSize), multiplyDimensions(width, blockSize)];
    return [{ dtype: 'float32', shape: [batch, divideDimension(depth, cells), wideHeight, wideWidth] }];
  },
  gradient: ({ attributes, cotangents, op }) => [op('spaceToDepth', [cotangents[0] as string], attributes)],
  lower: (context) => overBatch(context, (part) => lowerDepthToSpace(part, 'toSpace')),
});
