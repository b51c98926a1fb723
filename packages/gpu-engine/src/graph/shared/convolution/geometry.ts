import type { AttributesOf } from '../../attributes.ts';
import type { Dimension } from '../../dimension.ts';
import type { Value } from '../../graph.ts';
import type { InferContext } from '../../op.ts';
import { feature, windowCount, type convolutionAttributes, type WindowAttributes } from '../windows.ts';

export type ConvolutionAttributes = AttributesOf<typeof convolutionAttributes>;

/** Sizes of one convolution; `channels` are those of one group. */
export interface ConvolutionGeometry extends WindowAttributes {
  readonly batch: number;
  readonly inputChannels: number;
  readonly inputSize: readonly number[];
  readonly outputChannels: number;
  readonly outputSize: readonly number[];
  readonly kernelSize: readonly number[];
  readonly groups: number;
}

/** The geometry from the shapes x [N, Ci, H, W], w [Co, Ci / groups, KH, KW], y [N, Co, OH, OW]. */
export function convolutionGeometry(
  x: readonly number[],
  w: readonly number[],
  y: readonly number[],
  attributes: ConvolutionAttributes,
): ConvolutionGeometry {
  const { strides, pads, dilations, groups } = attributes;
  return {
    batch: x[0] as number,
    inputChannels: x[1] as number,
    inputSize: x.slice(2),
    outputChannels: w[0] as number,
    outputSize: y.slice(2),
    kernelSize: w.slice(2),
    strides,
    pads,
    dilations,
    groups,
  };
}

/** Infers [N, Co, OH, OW] and checks x against w. */
export function convolutionOutput(
  x: Value | undefined,
  w: Value | undefined,
  { attributes, fail }: InferContext<ConvolutionAttributes>,
): readonly Dimension[] {
  const [input, weight] = [feature(x), feature(w)];
  if (input === undefined || weight === undefined) return fail('a convolution wants two tensors', '[N, C, H, W] twice');
  const { groups } = attributes;
  const [outputs, perGroup] = weight as readonly number[] as [number, number];
  if (typeof input[1] === 'number' && input[1] !== perGroup * groups) {
    return fail('the weights do not fit the channels', `${perGroup * groups} input channels (${groups} groups)`);
  }
  if (outputs % groups !== 0) return fail('groups do not divide the output channels', `a multiple of ${groups}`);
  const size = ([0, 1] as const).map((axis) =>
    windowCount(input[axis + 2] as Dimension, weight[axis + 2] as number, axis, attributes),
  );
  if (size.some((count) => typeof count === 'number' && count < 1))
    return fail('the kernel is larger', 'a padded input as large as the kernel');
  return [input[0], outputs, ...size];
}
