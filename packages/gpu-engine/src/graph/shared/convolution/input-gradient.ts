import type { Operand } from '../../lowering.ts';
import { emitChosen, type Candidate, type KernelContext, type KernelPass, type TableRow } from '../kernel-choice.ts';
import { depthwiseStripsStrided } from './depthwise-strips.ts';
import { forwardRegister, registerRows, type ForwardOperands } from './forward.ts';
import { inputGradientGathers } from './gather-table.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { PACKED_CHANNELS, packedWeights } from './packed-weights.ts';
import { convolutionOperations, convolutionSizes, groupChannels, transposedGeometry } from './sizes.ts';

export interface InputGradientOperands {
  readonly outputCotangent: Operand;
  readonly weight: Operand;
  readonly inputCotangent: Operand;
}

type InputGradientCandidate = Candidate<ConvolutionGeometry, InputGradientOperands>;
type Row = TableRow<ConvolutionGeometry, InputGradientOperands>;

/** Pixels that one thread computes; the `PIXELS` of the shader. */
const PIXELS = 8;
const WORKGROUP = 64;

/** Any stride: only every sh-th row and sw-th column sees the same taps, and a workgroup has the pixels of one phase. */
const phases: InputGradientCandidate = {
  name: 'phases',
  applies: () => true,
  emit: (context, g, { outputCotangent, weight, inputCotangent }) => {
    const [strideY, strideX] = g.strides as [number, number];
    const [height, width] = g.inputSize as [number, number];
    const tiles = g.batch * Math.ceil(height / strideY) * Math.ceil(Math.ceil(width / strideX) / PIXELS);
    const blocks = g.groups * Math.ceil(groupChannels(g).inputs / PACKED_CHANNELS);
    context.emit({
      kernel: 'conv2d-input-gradient/inputGradient',
      uniforms: convolutionSizes(g),
      bindings: {
        outputCotangent,
        packed: context.derived(weight, packedWeights(transposedGeometry(g), true)),
        inputCotangent,
      },
      threads: WORKGROUP * Math.ceil(tiles / WORKGROUP) * strideY * strideX * blocks,
      operations: convolutionOperations(g),
    });
  },
};

/** At stride 1, the forward kernels over the output's cotangent, under their own names. */
const ofForward = new Map(forwardRegister.map((candidate) => [candidate, atStrideOne(candidate)]));

export const inputGradientPass: KernelPass<ConvolutionGeometry, InputGradientOperands> = {
  problem: (geometry) => ({ kind: 'convolution', pass: 'input gradient', geometry }),
  candidates: [...ofForward.values(), depthwiseStripsStrided, phases, ...inputGradientGathers.candidates],
  table: {
    software: [...registerRows.map(rowAtStrideOne), { take: depthwiseStripsStrided }, { take: phases }],
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
  return { take: candidate, when: (g) => when?.(transposedGeometry(g)) ?? true };
}
