import type { KernelCall, LoweringContext, Operand, Transform } from '../lowering.ts';
import type { ConvolutionGeometry } from './convolution.ts';
import {
  convolutionOperations,
  convolutionSizes,
  groupChannels,
  readsVectors,
  transposedGeometry,
} from './convolution-sizes.ts';

type Context = Pick<LoweringContext<unknown>, 'emit' | 'derived' | 'kernels'>;

/** Output channels that one thread computes: packed weights come in blocks of as many. */
const CHANNELS = 8;
/** Pixels that one thread computes; the `PIXELS` of the shaders. */
const PIXELS = 8;
const WORKGROUP = 64;

/** y = convolution of x by w. */
export function emitForward(context: Context, g: ConvolutionGeometry, x: Operand, w: Operand, y: Operand): void {
  if (context.kernels === 'naive') {
    context.emit({
      kernel: 'conv2d-naive/forward',
      uniforms: convolutionSizes(g),
      bindings: { input: x, weight: w, output: y },
      threads: y.elements,
      operations: convolutionOperations(g),
    });
  } else if (isDepthwise(g)) {
    emitDepthwise(context, g, x, w, y, 0);
  } else {
    emitBlocked(context, g, x, context.derived(w, packedWeights(g, 'pack')), y);
  }
}

/** x = the gradient of the input, from y, the output's cotangent; also a transposed convolution. */
export function emitInputGradient(context: Context, g: ConvolutionGeometry, y: Operand, w: Operand, x: Operand): void {
  const operations = convolutionOperations(g);
  if (context.kernels === 'naive') {
    context.emit({
      kernel: 'conv2d-naive/inputGradient',
      uniforms: convolutionSizes(g),
      bindings: { outputCotangent: y, weight: w, inputCotangent: x },
      threads: x.elements,
      operations,
    });
    return;
  }
  const isDense = g.strides.every((stride) => stride === 1);
  if (isDense && isDepthwise(g)) {
    emitDepthwise(context, transposedGeometry(g), y, w, x, 1);
    return;
  }
  const packed = context.derived(w, packedWeights(g, 'packTransposed'));
  if (isDense) {
    emitBlocked(context, transposedGeometry(g), y, packed, x);
    return;
  }
  const [strideY, strideX] = g.strides as [number, number];
  const [height, width] = g.inputSize as [number, number];
  const pixels = Math.ceil(height / strideY) * Math.ceil(Math.ceil(width / strideX) / PIXELS);
  const blocks = g.groups * Math.ceil(groupChannels(g).inputs / CHANNELS);
  context.emit({
    kernel: 'conv2d-input-gradient/inputGradient',
    uniforms: convolutionSizes(g),
    bindings: { outputCotangent: y, packed, inputCotangent: x },
    threads: WORKGROUP * Math.ceil((g.batch * pixels) / WORKGROUP) * strideY * strideX * blocks,
    operations,
  });
}

function isDepthwise(geometry: ConvolutionGeometry): boolean {
  const { inputs, outputs } = groupChannels(geometry);
  return inputs === 1 && outputs === 1;
}

function emitDepthwise(
  { emit }: Context,
  g: ConvolutionGeometry,
  input: Operand,
  weight: Operand,
  output: Operand,
  flip: 0 | 1,
): void {
  const [height, width] = g.outputSize as [number, number];
  emit({
    kernel: 'conv2d-depthwise/forward',
    uniforms: { ...convolutionSizes(g), flip },
    bindings: { input, weight, output },
    threads: g.batch * g.outputChannels * height * Math.ceil(width / PIXELS),
    operations: convolutionOperations(g),
  });
}

/** Eight pixels times eight channels a thread; rows share loaded pixels between taps where windows overlap by one. */
function emitBlocked(
  { emit }: Context,
  g: ConvolutionGeometry,
  input: Operand,
  packed: Operand,
  output: Operand,
): void {
  const [height, width] = g.outputSize as [number, number];
  const isPointwise = g.kernelSize.every((size) => size === 1);
  if (readsVectors(g)) {
    const tiles = g.batch * Math.ceil((height * width) / PIXELS);
    emit({
      kernel: 'conv2d/forwardPointwise',
      uniforms: convolutionSizes(g),
      bindings: { inputVectors: input, packed, outputVectors: output },
      threads: WORKGROUP * Math.ceil(tiles / WORKGROUP) * g.groups * Math.ceil(groupChannels(g).outputs / CHANNELS),
      operations: convolutionOperations(g),
    });
    return;
  }
  const sharesRows = !isPointwise && g.strides[1] === 1 && g.dilations[1] === 1;
  const pixels = sharesRows ? height * Math.ceil(width / PIXELS) : Math.ceil((height * width) / PIXELS);
  const blocks = g.groups * Math.ceil(groupChannels(g).outputs / CHANNELS);
  emit({
    kernel: sharesRows ? 'conv2d/forwardRow' : 'conv2d/forwardPixels',
    uniforms: convolutionSizes(g),
    bindings: { input, packed, output },
    threads: WORKGROUP * Math.ceil((g.batch * pixels) / WORKGROUP) * blocks,
    operations: convolutionOperations(g),
  });
}

/** The weights as the blocked kernels read them; `packTransposed` exchanges channels and reverses taps. */
function packedWeights(g: ConvolutionGeometry, kind: 'pack' | 'packTransposed'): Transform {
  const { inputs, outputs } = groupChannels(g);
  const [kernelHeight, kernelWidth] = g.kernelSize as [number, number];
  const [blocked, other] = kind === 'pack' ? [outputs, inputs] : [inputs, outputs];
  const shape = [g.groups, Math.ceil(blocked / CHANNELS), other, kernelHeight, kernelWidth, CHANNELS];
  const elements = shape.reduce((product, size) => product * size, 1);
  const { outputChannels, inputChannels, groups } = g;
  return {
    key: `conv2d-${kind} in ${groups} groups`,
    shape,
    lower: (weight, packed): readonly KernelCall[] => [
      {
        kernel: `conv2d-pack-weights/${kind}`,
        uniforms: { outputChannels, inputChannels, kernelHeight, kernelWidth, groups },
        bindings: { weight, packed },
        threads: elements,
        operations: elements,
      },
    ],
  };
}
