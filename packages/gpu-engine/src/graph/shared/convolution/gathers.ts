import type { Candidate, KernelContext } from '../kernel-choice.ts';
import type { ForwardOperands } from './forward.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import type { InputGradientOperands } from './input-gradient.ts';
import { convolutionOperations, convolutionSizes, transposedGeometry } from './sizes.ts';

/**
 * A convolution over an input whose rows and columns stand `spread` apart: a convolution forward is one with spread 1,
 * and the gradient to its input is one over the output's cotangent, spread by the strides, with strides 1.
 */
export interface Gather {
  /** Sizes of this convolution, not of the one whose gradient it is. */
  readonly geometry: ConvolutionGeometry;
  readonly spread: readonly [rows: number, columns: number];
  /** Operations without those on the zeros between spread rows and columns. */
  readonly operations: number;
}

/** A kernel that does such convolutions, and so both passes. */
export interface GatherKernel {
  readonly name: string;
  readonly applies: (gather: Gather) => boolean;
  readonly mayWin: (gather: Gather) => boolean;
  readonly emit: (context: KernelContext, gather: Gather, operands: ForwardOperands) => void;
}

export function forwardGather(geometry: ConvolutionGeometry): Gather {
  return { geometry, spread: [1, 1], operations: convolutionOperations(geometry) };
}

/** The gradient of the input of a convolution with this geometry. */
export function inputGradientGather(geometry: ConvolutionGeometry): Gather {
  return {
    geometry: { ...transposedGeometry(geometry), strides: [1, 1] },
    spread: geometry.strides as [number, number],
    operations: convolutionOperations(geometry),
  };
}

export function forwardCandidate(kernel: GatherKernel): Candidate<ConvolutionGeometry, ForwardOperands> {
  return {
    name: kernel.name,
    applies: (geometry) => kernel.applies(forwardGather(geometry)),
    mayWin: (geometry) => kernel.mayWin(forwardGather(geometry)),
    emit: (context, geometry, operands) => kernel.emit(context, forwardGather(geometry), operands),
  };
}

export function inputGradientCandidate(kernel: GatherKernel): Candidate<ConvolutionGeometry, InputGradientOperands> {
  return {
    name: kernel.name,
    applies: (geometry) => kernel.applies(inputGradientGather(geometry)),
    mayWin: (geometry) => kernel.mayWin(inputGradientGather(geometry)),
    emit: (context, geometry, { outputCotangent, weight, inputCotangent }) => {
      const operands = { input: outputCotangent, weight, output: inputCotangent, isTransposed: true };
      kernel.emit(context, inputGradientGather(geometry), operands);
    },
  };
}

/** The uniforms that kernels of gathers share. */
export function gatherSizes({ geometry, spread }: Gather) {
  return { ...convolutionSizes(geometry), spreadHeight: spread[0], spreadWidth: spread[1] };
}

/** Phases, of which each has pixels that read the same taps, and the pixels of the largest. */
export function gatherPhases({ geometry: { batch, outputSize }, spread }: Gather): { phases: number; pixels: number } {
  const [height, width] = outputSize as [number, number];
  const pixels = batch * Math.ceil(height / spread[0]) * Math.ceil(width / spread[1]);
  return { phases: spread[0] * spread[1], pixels };
}
