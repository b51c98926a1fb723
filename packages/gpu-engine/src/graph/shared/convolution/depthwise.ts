import type { Candidate } from '../kernel-choice.ts';
import type { ForwardOperands } from './forward.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { convolutionOperations, convolutionSizes, groupChannels } from './sizes.ts';

/** Pixels that one thread computes; the `PIXELS` of the shader. */
const PIXELS = 8;

/** One input channel a group, of any kernel and stride: eight pixels of a row a thread, without workgroup memory. */
export const depthwise: Candidate<ConvolutionGeometry, ForwardOperands> = {
  name: 'depthwise',
  applies: (g) => groupChannels(g).inputs === 1,
  emit: ({ emit }, g, { input, weight, output, isTransposed }) => {
    const [height, width] = g.outputSize as [number, number];
    emit({
      kernel: 'conv2d-depthwise/forward',
      uniforms: { ...convolutionSizes(g), flip: isTransposed ? 1 : 0 },
      bindings: { input, weight, output },
      threads: g.batch * g.outputChannels * height * Math.ceil(width / PIXELS),
      operations: convolutionOperations(g),
    });
  },
};
