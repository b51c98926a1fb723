import type { KernelSignatures } from '../../../kernels/kernels.gen.ts';
import type { Candidate } from '../kernel-choice.ts';
import type { ForwardOperands } from './forward.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import type { InputGradientOperands } from './input-gradient.ts';
import { LARGEST_SCRATCH } from '../split-sum.ts';
import { convolutionOperations, convolutionSizes, groupChannels } from './sizes.ts';
import type { WeightGradientOperands } from './weight-gradient.ts';
import { emitPartialSums } from './single-tap.ts';

// Depthwise convolutions of the usual kernels, without workgroup memory or barriers: a thread walks down a strip of one
// channel, so that it reads every element about once. Best where each load has to pay for itself: on software adapters.

type Uniforms = KernelSignatures['conv2d-depthwise-strips/forward']['uniforms'];

/** Larger kernels would take software adapters long to compile. */
const KERNEL = 3;
/** Strides, and the left pads that networks have with them: each is a form of the kernels, to be compiled. */
const USUAL_LEFT = new Map([
  [1, [1]],
  [2, [0, 1]],
]);
/** Columns of the output in a strip, and the steps of a walk from which its first ones, half used, cost little. */
const WIDTH = 4;
const LONGEST_WALK = 28;
/** Threads from which a weight gradient sums several pictures in one. */
const WANTED_THREADS = 8192;

/** One channel in and out a group; its rows may be read from the output's cotangent, with the taps reversed. */
export const depthwiseStrips: Candidate<ConvolutionGeometry, ForwardOperands> = {
  name: 'depthwise-strips',
  applies: isStriped,
  emit: ({ emit }, g, { input, weight, output, isTransposed }) => {
    const [height, width] = g.outputSize as [number, number];
    const { uniforms, strips } = walk(g, 0, height, { flip: isTransposed ? 1 : 0 });
    const call = {
      variant: variantOf(g),
      uniforms,
      threads: g.batch * g.inputChannels * strips * Math.ceil(width / WIDTH),
      operations: convolutionOperations(g),
    };
    const operands = { input, inputVectors: input, weight };
    if (call.variant.VECTORS === 1) {
      const bindings = { ...operands, outputVectors: output };
      emit({ ...call, kernel: 'conv2d-depthwise-strips/forwardVectors', bindings });
    } else {
      emit({ ...call, kernel: 'conv2d-depthwise-strips/forward', bindings: { ...operands, output } });
    }
  },
};

/** The gradient of the input at other strides than one. */
export const depthwiseStripsStrided: Candidate<ConvolutionGeometry, InputGradientOperands> = {
  name: 'depthwise-strips-strided',
  applies: (g) => isStriped(g) && g.strides[0] !== 1,
  emit: ({ emit }, g, { outputCotangent, weight, inputCotangent }) => {
    const [height, width] = g.inputSize as [number, number];
    const [stride, top] = [g.strides[0] as number, g.pads[0] as number];
    const firstStep = Math.floor(top / stride);
    const { uniforms, strips } = walk(g, firstStep, Math.floor((height - 1 + top) / stride) - firstStep + 1);
    const call = {
      variant: variantOf(g),
      uniforms,
      threads: g.batch * g.inputChannels * strips * Math.ceil(width / (WIDTH * stride)),
      operations: convolutionOperations(g),
    };
    const operands = { outputCotangent, cotangentVectors: outputCotangent, weight };
    if (call.variant.VECTORS === 1) {
      const bindings = { ...operands, inputCotangentVectors: inputCotangent };
      emit({ ...call, kernel: 'conv2d-depthwise-strips/inputGradientVectors', bindings });
    } else {
      emit({ ...call, kernel: 'conv2d-depthwise-strips/inputGradient', bindings: { ...operands, inputCotangent } });
    }
  },
};

/** All taps of a channel at once; each strip leaves a partial sum. */
export const depthwiseStripsWeights: Candidate<ConvolutionGeometry, WeightGradientOperands> = {
  name: 'depthwise-strips',
  applies: (g) => isStriped(g) && fitsScratch(g),
  emit: (context, g, { input, outputCotangent, weightCotangent: w }) => {
    const { uniforms, splits } = weightWalk(g);
    const partials = splits === 1 ? w : context.scratch('partials', [splits, w.elements]);
    context.emit({
      kernel: 'conv2d-depthwise-strips/weightGradient',
      variant: variantOf(g),
      uniforms,
      bindings: {
        input,
        inputVectors: input,
        outputCotangent,
        cotangentVectors: outputCotangent,
        partials,
      },
      threads: g.inputChannels * splits,
      operations: convolutionOperations(g),
    });
    if (splits > 1) emitPartialSums(context, { ...convolutionSizes(g), splits, rowsPerSplit: 1 }, partials, w);
  },
};

function isStriped(g: ConvolutionGeometry): boolean {
  const { inputs, outputs } = groupChannels(g);
  const [height, width] = g.kernelSize as [number, number];
  const [strideY, strideX] = g.strides as [number, number];
  const isSquare = height === width && strideY === strideX && g.dilations.every((dilation) => dilation === 1);
  const isUsual = width === KERNEL && USUAL_LEFT.get(strideX)?.includes(g.pads[1] as number) === true;
  return inputs === 1 && outputs === 1 && isSquare && isUsual;
}

function variantOf(g: ConvolutionGeometry) {
  const isVectors = [g.inputSize[1], g.outputSize[1]].every((width) => (width as number) % 4 === 0);
  return {
    KERNEL,
    STRIDE: g.strides[1] as number,
    PAD_LEFT: g.pads[1] as number,
    VECTORS: isVectors ? 1 : 0,
  };
}

/** The uniforms of a walk over `steps` from `firstStep` on, in strips of nearly equal lengths, and the number of strips. */
function walk(g: ConvolutionGeometry, firstStep: number, steps: number, changes: Partial<Uniforms> = {}) {
  const { batch, inputChannels, inputHeight, inputWidth, outputHeight, outputWidth, padTop } = convolutionSizes(g);
  const stepsPerStrip = Math.ceil(steps / Math.ceil(steps / LONGEST_WALK));
  const sizes = { batch, channels: inputChannels, inputHeight, inputWidth, outputHeight, outputWidth, padTop };
  const uniforms: Uniforms = { ...sizes, firstStep, steps, stepsPerStrip, imagesPerSplit: 1, flip: 0, ...changes };
  return { uniforms, strips: Math.ceil(steps / stepsPerStrip) };
}

function weightWalk(g: ConvolutionGeometry) {
  const [height, width] = g.outputSize as [number, number];
  const { uniforms, strips } = walk(g, 0, height);
  const stripsOfImage = strips * Math.ceil(width / WIDTH);
  const threads = g.batch * g.inputChannels * stripsOfImage;
  const imagesPerSplit = Math.min(g.batch, Math.max(1, Math.floor(threads / WANTED_THREADS)));
  const splits = stripsOfImage * Math.ceil(g.batch / imagesPerSplit);
  return { uniforms: { ...uniforms, imagesPerSplit }, splits };
}

function fitsScratch(g: ConvolutionGeometry): boolean {
  const weights = g.outputChannels * KERNEL ** 2;
  return 4 * weightWalk(g).splits * weights <= LARGEST_SCRATCH;
}
