import type { Attributes } from '../../src/graph/attributes.ts';
import { listAttribute, numberAttribute, pairAttribute } from '../attributes.ts';
import { casesFrom, drawUntil } from '../cases.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { dimensions4, required, sizeOf } from '../tensor.ts';
import { contract, type TrilinearForm } from '../trilinear-form.ts';

type Pair = readonly [number, number];

interface Configuration {
  readonly x: readonly [n: number, c: number, h: number, w: number];
  /** Output channels of one group. */
  readonly perGroup: number;
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly pads: readonly [number, number, number, number];
  readonly dilations: Pair;
  readonly groups: number;
  readonly outputPadding: Pair;
}

/** Every input element, times the window of weights, lands in the output from iy · stride - pad on. */
function scattering(x: Float64Tensor, w: Float64Tensor, attributes: Attributes): TrilinearForm {
  const [strideY, strideX] = pairAttribute(attributes, 'strides');
  const [dilationY, dilationX] = pairAttribute(attributes, 'dilations');
  const [extraY, extraX] = pairAttribute(attributes, 'outputPadding');
  const [top, left, bottom, right] = listAttribute(attributes, 'pads') as [number, number, number, number];
  const groups = numberAttribute(attributes, 'groups');
  const [batch, channels, height, width] = dimensions4(x.shape);
  const [, perGroup, kernelHeight, kernelWidth] = dimensions4(w.shape);
  const outHeight = (height - 1) * strideY + dilationY * (kernelHeight - 1) + 1 + extraY - top - bottom;
  const outWidth = (width - 1) * strideX + dilationX * (kernelWidth - 1) + 1 + extraX - left - right;
  return {
    shapes: [x.shape, w.shape, [batch, perGroup * groups, outHeight, outWidth]],
    terms(visit) {
      for (let place = 0; place < sizeOf(x.shape); place += 1) {
        const ix = place % width;
        const iy = Math.floor(place / width) % height;
        const c = Math.floor(place / (width * height)) % channels;
        const n = Math.floor(place / (width * height * channels));
        const group = Math.floor(c / (channels / groups));
        for (let o = 0; o < perGroup; o += 1) {
          for (let tap = 0; tap < kernelHeight * kernelWidth; tap += 1) {
            const oy = iy * strideY - top + Math.floor(tap / kernelWidth) * dilationY;
            const ox = ix * strideX - left + (tap % kernelWidth) * dilationX;
            if (oy < 0 || oy >= outHeight || ox < 0 || ox >= outWidth) continue;
            const output = ((n * perGroup * groups + group * perGroup + o) * outHeight + oy) * outWidth + ox;
            visit(place, (c * perGroup + o) * kernelHeight * kernelWidth + tap, output);
          }
        }
      }
    },
  };
}

function odd(
  x: Configuration['x'],
  perGroup: number,
  kernel: Pair,
  changes: Partial<Configuration> = {},
): Configuration {
  return {
    x,
    perGroup,
    kernel,
    strides: [1, 1],
    pads: [0, 0, 0, 0],
    dilations: [1, 1],
    groups: 1,
    outputPadding: [0, 0],
    ...changes,
  };
}

const oddConfigurations: readonly Configuration[] = [
  odd([1, 1, 1, 1], 1, [1, 1]),
  odd([1, 1, 3, 3], 2, [3, 3]),
  // Channel counts at which others went wrong.
  odd([2, 5, 4, 4], 7, [3, 3], { strides: [2, 2], pads: [1, 1, 1, 1], outputPadding: [1, 1] }),
  odd([1, 7, 5, 6], 5, [4, 4], { strides: [2, 2], pads: [1, 1, 1, 1] }),
  odd([1, 5, 6, 6], 5, [3, 3], { pads: [1, 1, 1, 1] }),
  odd([3, 3, 5, 5], 1, [2, 2], { strides: [2, 2] }),
  odd([1, 2, 3, 3], 2, [3, 3], { strides: [3, 2] }),
  // ONNX's own: asymmetric padding, output padding, dilation, groups.
  odd([1, 1, 3, 3], 2, [3, 3], { strides: [3, 2], pads: [1, 2, 1, 2] }),
  odd([1, 1, 3, 3], 2, [3, 3], { strides: [3, 2], outputPadding: [1, 1] }),
  odd([1, 1, 3, 3], 1, [2, 2], { dilations: [2, 2] }),
  odd([3, 2, 3, 3], 1, [3, 3], { groups: 2 }),
  odd([1, 4, 5, 5], 3, [3, 3], { groups: 4, strides: [2, 2] }),
  odd([2, 6, 4, 3], 1, [4, 4], { groups: 6, strides: [2, 2], pads: [1, 1, 1, 1] }),
  odd([1, 6, 4, 3], 1, [3, 3], { groups: 6, pads: [1, 1, 1, 1] }),
  odd([1, 4, 3, 5], 2, [3, 2], { groups: 2, pads: [0, 1, 2, 0] }),
  odd([3, 1, 6, 6], 3, [1, 1], { pads: [0, 0, 1, 0] }),
  // Stride wider than the kernel: rows that nothing reaches. Output padding of a stride and more.
  odd([1, 2, 3, 3], 3, [1, 1], { strides: [3, 3] }),
  odd([1, 2, 3, 3], 3, [2, 2], { strides: [3, 4], outputPadding: [2, 3] }),
  odd([1, 2, 3, 4], 2, [3, 3], { strides: [2, 1], outputPadding: [2, 1], pads: [0, 0, 1, 0] }),
  odd([1, 2, 3, 4], 2, [3, 3], { strides: [1, 2], dilations: [3, 2], outputPadding: [2, 2], pads: [1, 1, 0, 0] }),
  odd([2, 3, 4, 4], 2, [3, 3], { outputPadding: [1, 1], pads: [1, 1, 1, 1], strides: [2, 2], dilations: [2, 2] }),
  // Padding that takes whole windows away.
  odd([1, 2, 5, 5], 3, [3, 3], { pads: [3, 3, 0, 1] }),
  odd([1, 2, 1, 9], 3, [1, 4], { strides: [1, 2], pads: [0, 1, 0, 1] }),
  odd([1, 2, 9, 1], 3, [4, 1], { strides: [2, 1], pads: [1, 0, 1, 0] }),
  odd([1, 33, 3, 3], 17, [3, 3], { strides: [2, 2], pads: [1, 1, 1, 1], outputPadding: [1, 1] }),
  odd([17, 2, 3, 3], 4, [2, 2], { strides: [2, 2] }),
];

function sizeOfOutput({ x, kernel, strides, pads, dilations, outputPadding }: Configuration): number[] {
  return [0, 1].map(
    (axis) =>
      (x[axis + 2]! - 1) * strides[axis]! +
      dilations[axis]! * (kernel[axis]! - 1) +
      1 +
      outputPadding[axis]! -
      pads[axis]! -
      pads[axis + 2]!,
  );
}

function draw(random: Random): Configuration {
  return drawUntil(
    () => {
      const groups = random.pick([1, 1, 1, 2, 3, 5]);
      const kernel = random.pick([1, 2, 3, 3, 4, 5]);
      const stride = random.pick([1, 2, 2, 3]);
      const dilation = random.pick([1, 1, 1, 2, 3]);
      const pad = () => random.integer(0, Math.floor((dilation * (kernel - 1)) / 2));
      const extra = () => (random.chance(0.5) ? 0 : random.integer(0, Math.max(stride, dilation) - 1));
      return odd(
        [random.pick([1, 1, 2, 3]), groups * random.pick([1, 2, 3, 5, 7]), random.integer(1, 9), random.integer(1, 9)],
        random.pick([1, 2, 3, 5, 7, 8]),
        [kernel, random.chance(0.7) ? kernel : random.integer(1, 5)],
        {
          strides: [stride, random.chance(0.7) ? stride : random.integer(1, 3)],
          pads: [pad(), pad(), pad(), pad()],
          dilations: [dilation, random.chance(0.7) ? dilation : random.integer(1, 3)],
          groups,
          outputPadding: [extra(), extra()],
        },
      );
    },
    (configuration) =>
      sizeOfOutput(configuration).every((size) => size > 0) &&
      sizeOf(configuration.x) * configuration.perGroup * sizeOf(configuration.kernel) <= 100_000,
  );
}

/** convTranspose2d(x [N, Ci, H, W], w [Ci, Co/groups, KH, KW]) -> [N, Co, OH, OW]: ONNX ConvTranspose without a bias. */
export const convTranspose2d: OpSuite = {
  op: 'convTranspose2d',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [x, w] = [required(inputs, 0), required(inputs, 1)];
      return [contract(scattering(x, w, attributes), [x, w, undefined])];
    },
    vjp(inputs, attributes, cotangents) {
      const [x, w, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const form = scattering(x, w, attributes);
      return [contract(form, [undefined, w, g]), contract(form, [x, undefined, g])];
    },
  },
  cases: casesFrom<Configuration>('convTranspose2d', {
    odd: oddConfigurations,
    draw,
    build({ x, perGroup, kernel, ...attributes }, values) {
      return { inputs: [values.general(x), values.general([x[1], perGroup, ...kernel])], attributes };
    },
  }),
};
