import { engineTensor } from '../constant-tensor.ts';
import type { NodeContext } from '../node-context.ts';
import type { Windows } from './windows.ts';

/*
 * Convolutions of [N, C, D, H, W]: a sum over the kernel's slices in depth, each of them a convolution of planes with
 * the depth in the batch, [N * D, C, H, W]. Reshapes and slices of tensors cost little beside the convolutions.
 */

const DEPTH = 2;
/** Each slice of a kernel becomes several nodes. */
const DEEPEST_KERNEL = 64;
const PLANE = { strides: [1, 2], pads: [1, 2, 4, 5] } as const;

/** Conv over three dimensions: depth slice k of the kernel meets the planes k * dilation, + stride, + 2 * stride, … */
export function volumeConvolution(context: NodeContext, windows: Windows): void {
  const { kernelSize, strides, dilations, pads } = windows;
  checkKernel(context, windows);
  const [batch, , depth] = sizesOf(context, context.input(0));
  const [stride = 1, dilation = 1, kernelDepth = 1] = [strides[0], dilations[0], kernelSize[0]];
  const [before = 0, after = 0] = [pads[0], pads[3]];
  const reach = dilation * (kernelDepth - 1) + 1;
  const length = Math.floor((depth + before + after - reach) / stride) + 1;
  if (!(length >= 1)) context.attributes.fail('the kernel is deeper than its input', reach, depth + before + after);
  // [N, D, C, H, W]: planes of one depth lie together.
  const turned = context.op('transpose', [context.input(0)], { permutation: [0, 2, 1, 3, 4] });
  const x = before + after === 0 ? turned : context.op('pad', [turned], { axis: 1, before, after });
  const attributes = { ...planar(windows), groups: context.attributes.integer('group', 1) };
  const parts = Array.from({ length: kernelDepth }, (_, k) => {
    const given = { axis: 1, start: k * dilation, length, step: stride };
    const planes = merged(context, context.op('slice', [x], given));
    return context.op('conv2d', [planes, kernelSlice(context, k, kernelDepth)], attributes);
  });
  finish(context, parts, batch, length);
}

/**
 * ConvTranspose over three dimensions: plane d meets depth slice k of the kernel at place d * stride + k * dilation of
 * the result, which is written as zeros between planes and padding in depth.
 */
export function volumeTransposedConvolution(context: NodeContext, windows: Windows, padding: readonly number[]): void {
  const { kernelSize, strides, dilations, pads } = windows;
  checkKernel(context, windows);
  const [batch, , depth] = sizesOf(context, context.input(0));
  const [stride = 1, dilation = 1, kernelDepth = 1] = [strides[0], dilations[0], kernelSize[0]];
  const [before = 0, after = 0, extra = 0] = [pads[0], pads[3], padding[0]];
  const length = (depth - 1) * stride + dilation * (kernelDepth - 1) + 1 - before - after + extra;
  if (!(length >= 1)) context.attributes.fail('the output has no depth', length, 'at least 1');
  const planes = merged(context, context.op('transpose', [context.input(0)], { permutation: [0, 2, 1, 3, 4] }));
  const attributes = {
    ...planar(windows),
    groups: context.attributes.integer('group', 1),
    outputPadding: padding.slice(1),
  };
  const parts = Array.from({ length: kernelDepth }, (_, k) => {
    const sum = context.op('convTranspose2d', [planes, kernelSlice(context, k, kernelDepth)], attributes);
    const [, channels, height, width] = sizesOf(context, sum);
    const apart = spread(context, sum, [batch, depth, channels, height, width], stride);
    const start = k * dilation - before;
    const end = length - start - depth * stride;
    const placed =
      start === 0 && end === 0 ? apart : context.op('pad', [apart], { axis: 1, before: start, after: end });
    return merged(context, placed);
  });
  finish(context, parts, batch, length);
}

/** The weights have the depth that the node states, and one that is not turned into too many nodes. */
function checkKernel(context: NodeContext, { kernelSize }: Windows): void {
  const shape = context.shape(1);
  const [depth = 0] = kernelSize;
  if (shape.length !== 5 || shape[DEPTH] !== depth) {
    context.attributes.fail('the weights do not fit the kernel', shape.join('x'), `a depth of ${depth}`);
  }
  if (depth > DEEPEST_KERNEL) context.unsupported(`a kernel deeper than ${DEEPEST_KERNEL}`);
}

/** [N * D, C, H, W] as [N, D * stride, C, H, W] with stride - 1 planes of zeros behind each. */
function spread(
  context: NodeContext,
  planes: string,
  [batch, depth, channels, height, width]: readonly [number, number, number, number, number],
  stride: number,
): string {
  if (stride === 1) return context.op('reshape', [planes], { shape: [batch, depth, channels, height, width] });
  const single = context.op('reshape', [planes], { shape: [batch * depth, 1, channels, height, width] });
  const padded = context.op('pad', [single], { axis: 1, before: 0, after: stride - 1 });
  return context.op('reshape', [padded], { shape: [batch, depth * stride, channels, height, width] });
}

/** The parts' sum with the bias, [N * D, C, H, W], as the node's output [N, C, D, H, W]. */
function finish(context: NodeContext, parts: readonly string[], batch: number, depth: number): void {
  let sum = parts.reduce((total, part) => context.op('add', [total, part]));
  if (context.hasInput(2)) sum = context.op('bias', [sum, context.input(2)]);
  const [, channels, height, width] = sizesOf(context, sum);
  const volumes = context.op('reshape', [sum], { shape: [batch, depth, channels, height, width] });
  context.output('transpose', [volumes], { permutation: [0, 2, 1, 3, 4] });
}

/** [N, D, C, H, W] as [N * D, C, H, W]. */
function merged(context: NodeContext, value: string): string {
  const [batch, depth, ...plane] = sizesOf(context, value);
  return context.op('reshape', [value], { shape: [batch * depth, ...plane] });
}

/** Depth slice k of the weights [A, B, D, H, W], as a parameter where they are known. */
function kernelSlice(context: NodeContext, k: number, kernelDepth: number): string {
  const known = context.known(1);
  const [first, second, , height, width] = sizesOfInput(context, 1);
  const shape = [first, second, height, width];
  if (known === undefined) {
    const slice = context.op('slice', [context.input(1)], { axis: DEPTH, start: k, length: 1 });
    return context.op('squeeze', [slice], { axes: [DEPTH] });
  }
  const { data } = engineTensor(known);
  const plane = height * width;
  const result = new Float32Array(first * second * plane);
  for (let filter = 0; filter < first * second; filter++) {
    const start = (filter * kernelDepth + k) * plane;
    result.set(data.subarray(start, start + plane), filter * plane);
  }
  return context.weight(1, `depth${k}`, { dtype: 'float32', shape, data: result });
}

function planar({ strides, pads, dilations }: Windows) {
  return {
    strides: PLANE.strides.map((axis) => strides[axis] ?? 1),
    dilations: PLANE.strides.map((axis) => dilations[axis] ?? 1),
    pads: PLANE.pads.map((axis) => pads[axis] ?? 0),
  };
}

type Sizes = readonly [number, number, number, number, number];

function sizesOf(context: NodeContext, value: string): Sizes {
  return context.concrete(context.value(value).shape) as unknown as Sizes;
}

function sizesOfInput(context: NodeContext, index: number): Sizes {
  return context.concrete(context.shape(index)) as unknown as Sizes;
}
