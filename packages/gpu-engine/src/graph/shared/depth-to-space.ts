import { integer, oneOf, type AttributesOf } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';

/** `DCR` counts the block's cells before the channels of a depth, `CRD` the channels first (ONNX DepthToSpace). */
export const depthToSpaceAttributes = {
  blockSize: integer({ min: 1, max: 4096 }),
  mode: oneOf(['DCR', 'CRD'], 'DCR'),
};

/** Emits depth-to-space.wgsl. */
export function lowerDepthToSpace(
  { inputs, outputs, attributes, emit }: LoweringContext<AttributesOf<typeof depthToSpaceAttributes>>,
  direction: 'toSpace' | 'toDepth',
): void {
  const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
  const [, channels, wideHeight, wideWidth] = (direction === 'toSpace' ? output : input).shape as [number, ...number[]];
  const { blockSize, mode } = attributes;
  emit({
    kernel: `depth-to-space/${direction}`,
    uniforms: {
      count: output.elements,
      channels: channels as number,
      height: (wideHeight as number) / blockSize,
      width: (wideWidth as number) / blockSize,
      side: blockSize,
      columnFirst: mode === 'CRD' ? 1 : 0,
    },
    bindings: { input, output },
    threads: output.elements,
    operations: output.elements,
  });
}
