import type { Operand } from '../../lowering.ts';
import { emitChosen, type Candidate, type KernelContext, type KernelPass, type TableRow } from '../kernel-choice.ts';
import { depthwiseStripsStrided } from './depthwise-strips.ts';
import { forwardRegister, registerRows, type ForwardOperands } from './forward.ts';
import { inputGradientGathers } from './gather-table.ts';
import { hasPixels, planeProducts } from './gathers-tiled.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { convolutionOperations, convolutionSizes, transposedGeometry } from './sizes.ts';
import { windows, windowsStrided } from './windows.ts';

export interface InputGradientOperands {
  readonly outputCotangent: Operand;
  readonly weight: Operand;
  readonly inputCotangent: Operand;
}

type InputGradientCandidate = Candidate<ConvolutionGeometry, InputGradientOperands>;
type Row = TableRow<ConvolutionGeometry, InputGradientOperands>;

/** At stride 1, the forward kernels over the output's cotangent, under their own names. */
const ofForward = new Map(forwardRegister.map((candidate) => [candidate, atStrideOne(candidate)]));
const windowsOfCotangent = ofForward.get(windows) as InputGradientCandidate;

export const inputGradientPass: KernelPass<ConvolutionGeometry, InputGradientOperands> = {
  problem: (geometry) => ({ kind: 'convolution', pass: 'input gradient', geometry }),
  candidates: [...ofForward.values(), depthwiseStripsStrided, windowsStrided, ...inputGradientGathers.candidates],
  table: {
    software: [
      { take: inputGradientGathers.of(planeProducts), when: (g) => hasPixels(transposedGeometry(g)) },
      { take: depthwiseStripsStrided },
      ...registerRows.filter(({ take }) => take !== windows).map(rowAtStrideOne),
      // The cotangent's windows have its channels, the others those of the input.
      { take: windowsOfCotangent, when: (g) => g.outputChannels <= g.inputChannels },
      { take: windowsStrided },
    ],
    gpu: inputGradientGathers.table,
  },
  naive: ({ emit }, g, { outputCotangent, weight, inputCotangent }) => {
    emit({
      kernel: 'conv2d-naive/inputGradient',
      uniforms: convolutionSizes(g),
      bindings: { outputCotangent, weight, inputCotangent },
      threads: inputCotangent.elements,
      operations: convolutionOperations(g),
    });
  },
};

/** x = the gradient of the input, from y, the output's cotangent; also a transposed convolution. */
export function emitInputGradient(
  context: KernelContext,
  g: ConvolutionGeometry,
  y: Operand,
  w: Operand,
  x: Operand,
): void {
  emitChosen(inputGradientPass, context, g, { outputCotangent: y, weight: w, inputCotangent: x });
}

function atStrideOne(forward: Candidate<ConvolutionGeometry, ForwardOperands>): InputGradientCandidate {
  return {
    name: forward.name,
    applies: (g) => g.strides.every((stride) => stride === 1) && forward.applies(transposedGeometry(g)),
    emit: (context, g, { outputCotangent, weight, inputCotangent }) => {
      const operands = { input: outputCotangent, weight, output: inputCotangent, isTransposed: true };
      forward.emit(context, transposedGeometry(g), operands);
    },
  };
}

function rowAtStrideOne({ take, when }: TableRow<ConvolutionGeometry, ForwardOperands>): Row {
  const candidate = ofForward.get(take) as InputGradientCandidate;
  return { take: candidate, when: (g, context) => when?.(transposedGeometry(g), context) ?? true };
}
