import type { KernelCall, Transform } from '../../lowering.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { groupChannels } from './sizes.ts';

/** Output channels that one thread computes: packed weights come in blocks of as many. */
export const PACKED_CHANNELS = 8;

/**
 * The weights as the register kernels read them: [groups, blocks of output channels, input channels, KH, KW, 8]. With
 * `isTransposed`, `g` is a transposed geometry: the weights' channels are exchanged and their taps reversed.
 */
export function packedWeights(g: ConvolutionGeometry, isTransposed: boolean): Transform {
  const { inputs, outputs } = groupChannels(g);
  const [kernelHeight, kernelWidth] = g.kernelSize as [number, number];
  const shape = [g.groups, Math.ceil(outputs / PACKED_CHANNELS), inputs, kernelHeight, kernelWidth, PACKED_CHANNELS];
  const elements = shape.reduce((product, size) => product * size, 1);
  const [outputChannels, inputChannels] = isTransposed
    ? [g.inputChannels, g.outputChannels]
    : [g.outputChannels, g.inputChannels];
  const kind = isTransposed ? 'packTransposed' : 'pack';
  return {
    key: `conv2d-${kind} in ${g.groups} groups`,
    shape,
    lower: (weight, packed): readonly KernelCall[] => [
      {
        kernel: `conv2d-pack-weights/${kind}`,
        uniforms: { outputChannels, inputChannels, kernelHeight, kernelWidth, groups: g.groups },
        bindings: { weight, packed },
        threads: elements,
        operations: elements,
      },
    ],
  };
}
