import type { ConvolutionGeometry } from './geometry.ts';

/** The uniforms that all convolution kernels share. */
export function convolutionSizes(geometry: ConvolutionGeometry) {
  return {
    batch: geometry.batch,
    inputChannels: geometry.inputChannels,
    inputHeight: geometry.inputSize[0] as number,
    inputWidth: geometry.inputSize[1] as number,
    outputChannels: geometry.outputChannels,
    outputHeight: geometry.outputSize[0] as number,
    outputWidth: geometry.outputSize[1] as number,
    kernelHeight: geometry.kernelSize[0] as number,
    kernelWidth: geometry.kernelSize[1] as number,
    strideHeight: geometry.strides[0] as number,
    strideWidth: geometry.strides[1] as number,
    dilationHeight: geometry.dilations[0] as number,
    dilationWidth: geometry.dilations[1] as number,
    padTop: geometry.pads[0] as number,
    padLeft: geometry.pads[1] as number,
    groups: geometry.groups,
  };
}

/** Channels of one group, before and after the convolution. */
export function groupChannels({ inputChannels, outputChannels, groups }: ConvolutionGeometry) {
  return { inputs: inputChannels / groups, outputs: outputChannels / groups };
}

/** Weights of one output channel: input channels of a group times places of the kernel. */
export function tapsOfGroup(geometry: ConvolutionGeometry): number {
  return groupChannels(geometry).inputs * (geometry.kernelSize[0] as number) * (geometry.kernelSize[1] as number);
}

/** Floating point operations of any of the three passes. */
export function convolutionOperations(geometry: ConvolutionGeometry): number {
  const { batch, outputChannels, outputSize } = geometry;
  const [height, width] = outputSize as [number, number];
  return 2 * batch * outputChannels * height * width * tapsOfGroup(geometry);
}

/**
 * The convolution that computes the gradient of a stride-1 convolution's input: over the output's cotangent, with
 * the weights' channels exchanged and their taps reversed. Its padding may be negative.
 */
export function transposedGeometry(geometry: ConvolutionGeometry): ConvolutionGeometry {
  const { kernelSize, dilations, pads } = geometry;
  const [top, left] = [0, 1].map(
    (axis) => (dilations[axis] as number) * ((kernelSize[axis] as number) - 1) - (pads[axis] as number),
  ) as [number, number];
  return {
    ...geometry,
    inputChannels: geometry.outputChannels,
    outputChannels: geometry.inputChannels,
    inputSize: geometry.outputSize,
    outputSize: geometry.inputSize,
    pads: [top, left, 0, 0],
  };
}

/** Whether each output element depends on one place alone, the same, so that planes are columns of a matrix product. */
export function keepsPlaces({ kernelSize, strides, pads, inputSize, outputSize }: ConvolutionGeometry): boolean {
  const isPointwise = [...kernelSize, ...strides].every((length) => length === 1);
  // The gradient of a convolution with pads at the end alone has none here, but another size.
  return isPointwise && pads.every((pad) => pad === 0) && inputSize.every((size, axis) => size === outputSize[axis]);
}

/** Channels on both sides from which Winograd's transforms cost less than the products that they save. */
const SOME_CHANNELS = 8;
/** Channels on both sides from which copies of planes cost less than what they save a product. */
const MANY_CHANNELS = 16;

export function hasSomeChannels({ inputChannels, outputChannels }: ConvolutionGeometry): boolean {
  return Math.min(inputChannels, outputChannels) >= SOME_CHANNELS;
}

export function hasManyChannels({ inputChannels, outputChannels }: ConvolutionGeometry): boolean {
  return Math.min(inputChannels, outputChannels) >= MANY_CHANNELS;
}

/** Pixels of the output in all pictures of a batch. */
export function pixelCount({ batch, outputSize }: ConvolutionGeometry): number {
  return outputSize.reduce((count, length) => count * length, batch);
}
