import type { LoweringContext, Operand } from '../lowering.ts';
import type { ConvolutionGeometry } from './convolution.ts';

type Emit = LoweringContext<unknown>['emit'];

/** The uniforms of conv2d-naive.wgsl. */
function naiveSizes(geometry: ConvolutionGeometry) {
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

/** Floating point operations of any of the three passes. */
export function convolutionOperations(geometry: ConvolutionGeometry): number {
  const { batch, inputChannels, outputChannels, outputSize, kernelSize, groups } = geometry;
  const taps = (kernelSize[0] as number) * (kernelSize[1] as number) * (inputChannels / groups);
  return 2 * batch * outputChannels * (outputSize[0] as number) * (outputSize[1] as number) * taps;
}

export function emitNaiveForward(emit: Emit, g: ConvolutionGeometry, input: Operand, weight: Operand, output: Operand) {
  emit({
    kernel: 'conv2d-naive/forward',
    uniforms: naiveSizes(g),
    bindings: { input, weight, output },
    threads: output.elements,
    operations: convolutionOperations(g),
  });
}

export function emitNaiveInputGradient(
  emit: Emit,
  g: ConvolutionGeometry,
  outputCotangent: Operand,
  weight: Operand,
  inputCotangent: Operand,
) {
  emit({
    kernel: 'conv2d-naive/inputGradient',
    uniforms: naiveSizes(g),
    bindings: { outputCotangent, weight, inputCotangent },
    threads: inputCotangent.elements,
    operations: convolutionOperations(g),
  });
}

export function emitNaiveWeightGradient(
  emit: Emit,
  g: ConvolutionGeometry,
  input: Operand,
  outputCotangent: Operand,
  weightCotangent: Operand,
) {
  emit({
    kernel: 'conv2d-naive/weightGradient',
    uniforms: naiveSizes(g),
    bindings: { input, outputCotangent, weightCotangent },
    threads: weightCotangent.elements,
    operations: convolutionOperations(g),
  });
}
