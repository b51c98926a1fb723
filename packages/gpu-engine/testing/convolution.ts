import type { Attributes } from '../src/graph/attributes.ts';
import { listAttribute, numberAttribute, pairAttribute } from './attributes.ts';
import { drawUntil } from './cases.ts';
import type { Random } from './random.ts';
import type { TrilinearForm } from './trilinear-form.ts';
import { dimensions4, sizeOf } from './tensor.ts';

/** The number of places where a window fits along one axis. */
export function windowCount(size: number, kernel: number, stride: number, pad: number, dilation: number): number {
  return Math.floor((size + pad - dilation * (kernel - 1) - 1) / stride) + 1;
}

/**
 * A 2D cross-correlation (ONNX Conv) as the form Σ x[n, c, iy, ix] · w[o, c', ky, kx] · y[n, o, oy, ox], where
 * iy = oy·stride - pad + ky·dilation, c is the c'-th channel of o's group, and taps outside the input are left out.
 * Slots: x [N, C, H, W], w [O, C/groups, KH, KW], y [N, O, OH, OW].
 */
export function convolution(
  xShape: readonly number[],
  wShape: readonly number[],
  attributes: Attributes,
): TrilinearForm {
  const [strideY, strideX] = pairAttribute(attributes, 'strides');
  const [dilationY, dilationX] = pairAttribute(attributes, 'dilations');
  const [top, left, bottom, right] = listAttribute(attributes, 'pads') as [number, number, number, number];
  const groups = numberAttribute(attributes, 'groups');
  const [batch, channels, height, width] = dimensions4(xShape);
  const [outChannels, groupChannels, kernelHeight, kernelWidth] = dimensions4(wShape);
  const groupOutputs = outChannels / groups;
  const outHeight = windowCount(height, kernelHeight, strideY, top + bottom, dilationY);
  const outWidth = windowCount(width, kernelWidth, strideX, left + right, dilationX);

  return {
    shapes: [xShape, wShape, [batch, outChannels, outHeight, outWidth]],
    terms(visit) {
      for (let n = 0; n < batch; n += 1) {
        for (let o = 0; o < outChannels; o += 1) {
          const firstChannel = Math.floor(o / groupOutputs) * groupChannels;
          for (let oy = 0; oy < outHeight; oy += 1) {
            for (let ox = 0; ox < outWidth; ox += 1) {
              const y = ((n * outChannels + o) * outHeight + oy) * outWidth + ox;
              for (let c = 0; c < groupChannels; c += 1) {
                const xPlane = (n * channels + firstChannel + c) * height;
                const wPlane = (o * groupChannels + c) * kernelHeight;
                for (let ky = 0; ky < kernelHeight; ky += 1) {
                  const iy = oy * strideY - top + ky * dilationY;
                  if (iy < 0 || iy >= height) continue;
                  for (let kx = 0; kx < kernelWidth; kx += 1) {
                    const ix = ox * strideX - left + kx * dilationX;
                    if (ix < 0 || ix >= width) continue;
                    visit((xPlane + iy) * width + ix, (wPlane + ky) * kernelWidth + kx, y);
                  }
                }
              }
            }
          }
        }
      }
    },
  };
}

/** One convolution to test. */
export interface ConvolutionConfiguration {
  readonly x: readonly [n: number, c: number, h: number, w: number];
  readonly outChannels: number;
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
  readonly groups: number;
}

export function weightShape({ x, outChannels, kernel, groups }: ConvolutionConfiguration): number[] {
  return [outChannels, x[1] / groups, ...kernel];
}

export function outputShape(configuration: ConvolutionConfiguration): number[] {
  const { x, outChannels, kernel, strides, pads, dilations } = configuration;
  const height = windowCount(x[2], kernel[0], strides[0], pads[0] + pads[2], dilations[0]);
  const width = windowCount(x[3], kernel[1], strides[1], pads[1] + pads[3], dilations[1]);
  return [x[0], outChannels, height, width];
}

/** The attributes that all three convolution ops share. */
export function sharedAttributes({ strides, pads, dilations, groups }: ConvolutionConfiguration) {
  return { strides, pads, dilations, groups };
}

type Changes = Partial<Omit<ConvolutionConfiguration, 'x' | 'outChannels' | 'kernel'>>;

function odd(
  x: ConvolutionConfiguration['x'],
  outChannels: number,
  kernel: readonly [number, number],
  changes: Changes = {},
): ConvolutionConfiguration {
  return { x, outChannels, kernel, strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1, ...changes };
}

/** What other engines got wrong at some time, and the edges of tiles. */
export const oddConvolutions: readonly ConvolutionConfiguration[] = [
  odd([1, 1, 1, 1], 1, [1, 1]),
  odd([1, 1, 5, 5], 1, [3, 3], { pads: [1, 1, 1, 1] }),
  odd([2, 3, 7, 7], 5, [3, 3], { pads: [1, 1, 1, 1] }),
  odd([3, 4, 6, 5], 6, [3, 3], { pads: [1, 1, 1, 1] }),
  odd([1, 5, 8, 8], 7, [3, 3]),
  odd([5, 7, 6, 6], 3, [5, 5], { pads: [2, 2, 2, 2] }),
  // "SAME" at stride 2, upper and lower, on odd and on even sizes.
  odd([1, 3, 9, 9], 4, [3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] }),
  odd([2, 4, 8, 8], 6, [3, 3], { strides: [2, 2], pads: [0, 0, 1, 1] }),
  odd([2, 4, 8, 8], 6, [3, 3], { strides: [2, 2], pads: [1, 1, 0, 0] }),
  odd([1, 6, 7, 10], 9, [5, 5], { strides: [2, 2], pads: [2, 1, 2, 2] }),
  // The last rows and columns are read by no window.
  odd([2, 2, 8, 9], 3, [2, 2], { strides: [3, 3] }),
  // Stride wider than the kernel: whole rows have no gradient.
  odd([1, 3, 11, 11], 5, [1, 1], { strides: [2, 2] }),
  odd([2, 3, 10, 10], 4, [2, 2], { strides: [3, 4] }),
  // Asymmetric padding, kernel, stride.
  odd([1, 2, 6, 7], 3, [3, 3], { pads: [0, 1, 2, 3] }),
  odd([1, 3, 9, 6], 4, [1, 5], { pads: [0, 2, 0, 2] }),
  odd([1, 3, 6, 9], 4, [5, 1], { pads: [2, 0, 2, 0] }),
  odd([2, 3, 9, 12], 4, [3, 2], { strides: [2, 3], pads: [1, 0, 0, 1] }),
  // Padding wider than the data, and than the kernel.
  odd([1, 2, 1, 1], 3, [5, 5], { pads: [2, 2, 2, 2] }),
  odd([2, 3, 2, 3], 4, [3, 3], { pads: [4, 4, 4, 4] }),
  odd([1, 2, 3, 3], 2, [2, 2], { pads: [3, 0, 0, 3], strides: [2, 2] }),
  // Groups, depthwise, depthwise with a multiplier.
  odd([1, 4, 6, 6], 6, [3, 3], { groups: 2, pads: [1, 1, 1, 1] }),
  odd([2, 9, 5, 5], 6, [3, 3], { groups: 3 }),
  odd([2, 5, 7, 7], 5, [3, 3], { groups: 5, pads: [1, 1, 1, 1] }),
  odd([1, 3, 7, 7], 9, [3, 3], { groups: 3, pads: [1, 1, 1, 1] }),
  odd([1, 8, 9, 9], 16, [3, 3], { groups: 8, strides: [2, 2], pads: [1, 1, 1, 1] }),
  odd([3, 10, 4, 4], 15, [1, 1], { groups: 5 }),
  // Depthwise in planes that are read as vectors and others, longer than a walk, at both strides and all pads.
  odd([2, 3, 16, 12], 3, [3, 3], { groups: 3, pads: [1, 1, 1, 1] }),
  odd([1, 2, 61, 8], 2, [3, 3], { groups: 2, pads: [0, 2, 2, 0] }),
  odd([2, 2, 16, 16], 2, [3, 3], { groups: 2, strides: [2, 2], pads: [0, 0, 1, 1] }),
  odd([1, 3, 64, 8], 3, [3, 3], { groups: 3, strides: [2, 2], pads: [1, 1, 1, 1] }),
  odd([1, 2, 13, 15], 2, [3, 3], { groups: 2, strides: [2, 2], pads: [2, 2, 2, 2] }),
  // Dilation, also with stride and groups.
  odd([1, 3, 9, 9], 4, [3, 3], { dilations: [2, 2], pads: [2, 2, 2, 2] }),
  odd([1, 2, 11, 12], 3, [3, 2], { dilations: [3, 4], pads: [1, 2, 3, 0] }),
  odd([2, 4, 13, 13], 4, [3, 3], { dilations: [2, 3], strides: [2, 2], groups: 2, pads: [2, 3, 2, 3] }),
  odd([1, 3, 4, 4], 2, [3, 3], { dilations: [4, 4], pads: [4, 4, 4, 4] }),
  // Kernels of a first layer, kernels as large as the input, and larger with padding.
  odd([1, 3, 23, 23], 5, [11, 11], { strides: [4, 4], pads: [2, 2, 2, 2] }),
  odd([1, 3, 19, 19], 8, [7, 7], { strides: [2, 2], pads: [3, 3, 3, 3] }),
  odd([2, 6, 5, 5], 7, [5, 5]),
  odd([1, 2, 4, 4], 3, [7, 7], { pads: [2, 2, 2, 2] }),
  // Long sums: over channels, and over batch and space for the weight gradient.
  odd([1, 512, 3, 3], 5, [3, 3]),
  odd([5, 1, 33, 33], 3, [3, 3], { pads: [1, 1, 1, 1] }),
  // Around the edges of tiles of 32, 64 and 128.
  odd([1, 33, 4, 4], 31, [3, 3], { pads: [1, 1, 1, 1] }),
  odd([1, 17, 1, 65], 66, [1, 1]),
  odd([1, 3, 2, 3], 129, [3, 3], { pads: [1, 1, 1, 1] }),
  odd([1, 130, 3, 3], 8, [1, 1]),
  odd([1, 1, 1, 1000], 4, [1, 3], { pads: [0, 1, 0, 1] }),
  odd([1, 1, 700, 1], 3, [3, 1], { pads: [1, 0, 1, 0] }),
  odd([64, 2, 3, 3], 4, [2, 2]),
];

/** Any convolution of at most 200 000 multiplications. */
export function drawConvolution(random: Random): ConvolutionConfiguration {
  return drawUntil(
    () => {
      const groups = random.pick([1, 1, 1, 2, 3, 4, 6]);
      const groupChannels = random.pick([1, 1, 2, 3, 4, 5, 7, 8, 12, 16, 20]);
      const groupOutputs = random.pick([1, 2, 3, 4, 5, 7, 8, 10, 16, 24]);
      const kernel = random.pick([1, 2, 3, 3, 3, 4, 5, 7]);
      const stride = random.pick([1, 1, 2, 2, 3]);
      const dilation = random.pick([1, 1, 1, 2, 3]);
      const pad = () => random.integer(0, Math.floor((dilation * (kernel - 1)) / 2) + 1);
      const symmetric = pad();
      return {
        x: [random.pick([1, 1, 2, 3, 4]), groups * groupChannels, random.integer(1, 18), random.integer(1, 18)],
        outChannels: groups * groupOutputs,
        kernel: [kernel, random.chance(0.7) ? kernel : random.integer(1, 5)],
        strides: [stride, random.chance(0.7) ? stride : random.integer(1, 3)],
        pads: random.chance(0.5) ? [symmetric, symmetric, symmetric, symmetric] : [pad(), pad(), pad(), pad()],
        dilations: [dilation, random.chance(0.7) ? dilation : random.integer(1, 3)],
        groups,
      } satisfies ConvolutionConfiguration;
    },
    (configuration) => {
      const output = outputShape(configuration);
      const taps = (configuration.x[1] / configuration.groups) * sizeOf(configuration.kernel);
      return output.every((size) => size > 0) && sizeOf(output) * taps <= 200_000;
    },
  );
}
