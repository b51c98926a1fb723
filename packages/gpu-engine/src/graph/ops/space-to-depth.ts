import { divideDimension, multiplyDimensions } from '../dimension.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { depthToSpaceAttributes, lowerDepthToSpace } from '../shared/depth-to-space.ts';
import { feature } from '../shared/windows.ts';

/** x [N, C, H, W] to [N, C * b * b, H / b, W / b], b the block size (ONNX SpaceToDepth, whose mode is DCR). */
export const spaceToDepth = defineOp({
  name: 'spaceToDepth',
  inputs: ['x'],
  outputs: [''],
  attributes: depthToSpaceAttributes,
  infer: ({ inputs, attributes: { blockSize }, fail }) => {
    const x = feature(inputs[0]);
    if (x === undefined) return fail('no feature maps', 'float32 [N, C, H, W]');
    const [batch, channels, height, width] = x;
    if ([height, width].some((size) => typeof size === 'number' && size % blockSize !== 0))
      return fail('blocks do not divide the plane', `multiples of ${blockSize}`);
    const depth = multiplyDimensions(channels, blockSize * blockSize);
    const [deepHeight, deepWidth] = [divideDimension(height, blockSize), divideDimension(width, blockSize)];
    return [{ dtype: 'float32', shape: [batch, depth, deepHeight, deepWidth] }];
  },
  gradient: ({ attributes, cotangents, op }) => [op('depthToSpace', [cotangents[0] as string], attributes)],
  lower: (context) => overBatch(context, (part) => lowerDepthToSpace(part, 'toDepth')),
});
