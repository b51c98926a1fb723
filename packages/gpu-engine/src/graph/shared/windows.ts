import { boolean, integer, integers, type AttributesOf } from '../attributes.ts';
import { addDimensions, divideDimension, type Dimension } from '../dimension.ts';
import type { Value } from '../graph.ts';
import type { InferContext, InferredOutput } from '../op.ts';

/** Sliding windows over H and W. `pads` is [top, left, bottom, right], in ONNX's order. */
export const windowAttributes = {
  strides: integers({ length: 2, min: 1, max: 65535 }, [1, 1]),
  pads: integers({ length: 4, min: 0, max: 65535 }, [0, 0, 0, 0]),
  dilations: integers({ length: 2, min: 1, max: 65535 }, [1, 1]),
};

export const convolutionAttributes = { ...windowAttributes, groups: integer({ min: 1 }, 1) };

export const kernelSizeAttribute = integers({ length: 2, min: 1, max: 65535 });
export const planeSizeAttribute = integers({ length: 2, min: 1, max: 2 ** 24 });
export const ceilModeAttribute = boolean(false);

export type WindowAttributes = AttributesOf<typeof windowAttributes>;

/**
 * The number of windows along one axis. In ceil mode the last window may hang over the end, but it must start inside
 * the input or the padding before it (PyTorch's rule). Below 1 where the window does not fit.
 */
export function windowCount(
  size: Dimension,
  kernel: number,
  axis: 0 | 1,
  { strides, pads, dilations }: WindowAttributes,
  ceilMode = false,
): Dimension {
  const [stride, before, after] = [strides[axis] as number, pads[axis] as number, pads[axis + 2] as number];
  const extent = (dilations[axis] as number) * (kernel - 1) + 1;
  const count = addDimensions(divideDimension(addDimensions(size, before + after - extent), stride, ceilMode), 1);
  const hangsOver = ceilMode && typeof count === 'number' && typeof size === 'number';
  return hangsOver && (count - 1) * stride >= size + before ? count - 1 : count;
}

/** [N, C, H, W] of a value, or undefined where it is no batch of feature maps. */
export function feature(value: Value | undefined): readonly [Dimension, Dimension, Dimension, Dimension] | undefined {
  if (value?.shape.length !== 4 || value.dtype !== 'float32') return undefined;
  return value.shape as unknown as readonly [Dimension, Dimension, Dimension, Dimension];
}

interface PoolAttributes extends WindowAttributes {
  readonly kernelSize: readonly number[];
  readonly ceilMode: boolean;
}

/** What a pool of x [N, C, H, W] gives: one number a window. */
export function inferPool({ inputs, attributes, fail }: InferContext<PoolAttributes>): InferredOutput {
  const x = feature(inputs[0]);
  if (x === undefined) return fail('pooling wants feature maps', 'float32 [N, C, H, W]');
  const { kernelSize, ceilMode } = attributes;
  const size = ([0, 1] as const).map((axis) =>
    windowCount(x[axis + 2] as Dimension, kernelSize[axis] as number, axis, attributes, ceilMode),
  );
  if (size.some((count) => typeof count === 'number' && count < 1))
    return fail('the window is larger than the input', 'a padded input as large as the window');
  return { dtype: 'float32', shape: [x[0], x[1], ...size] };
}

/** The uniforms that all window kernels share. */
export function windowUniforms(
  input: readonly number[],
  output: readonly number[],
  kernelSize: readonly number[],
  { strides, pads, dilations }: WindowAttributes,
) {
  return {
    planes: (input[0] as number) * (input[1] as number),
    height: input[2] as number,
    width: input[3] as number,
    outputHeight: output[2] as number,
    outputWidth: output[3] as number,
    kernelHeight: kernelSize[0] as number,
    kernelWidth: kernelSize[1] as number,
    strideY: strides[0] as number,
    strideX: strides[1] as number,
    dilationY: dilations[0] as number,
    dilationX: dilations[1] as number,
    padTop: pads[0] as number,
    padLeft: pads[1] as number,
  };
}
