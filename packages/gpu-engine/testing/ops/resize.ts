import type { Attributes } from '../../src/graph/attributes.ts';
import { pairAttribute, textAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import type { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { drawMapShape } from '../shapes.ts';
import { dimensions4, required } from '../tensor.ts';

interface Tap {
  readonly input: number;
  readonly weight: number;
}

const clamp = (index: number, size: number) => Math.min(Math.max(index, 0), size - 1);

/**
 * Where an output position lies among the inputs, as numerator / denominator. Integers throughout, so that float32 and
 * float64 cannot disagree about which input is the nearest.
 */
function source(output: number, inSize: number, outSize: number, coordinates: string): [number, number] {
  switch (coordinates) {
    case 'half-pixel': // (output + 1/2) · in/out - 1/2
      return [(2 * output + 1) * inSize - outSize, 2 * outSize];
    case 'asymmetric': // output · in/out
      return [output * inSize, outSize];
    case 'align-corners': // output · (in - 1)/(out - 1); a single output is the first input
      return outSize === 1 ? [0, 1] : [output * (inSize - 1), outSize - 1];
    default:
      throw new RangeError(`unknown coordinates ${coordinates}`);
  }
}

/**
 * The nearest input: half-pixel and align-corners round halves up (PyTorch's nearest-exact is floor((o + 1/2)·in/out),
 * which is the same), asymmetric rounds down (PyTorch's nearest).
 */
function nearest(output: number, inSize: number, outSize: number, coordinates: string): Tap[] {
  const [numerator, denominator] = source(output, inSize, outSize, coordinates);
  const index =
    coordinates === 'asymmetric'
      ? Math.floor(numerator / denominator)
      : Math.floor((2 * numerator + denominator) / (2 * denominator));
  return [{ input: clamp(index, inSize), weight: 1 }];
}

/** The two inputs around the source, edges repeated. */
function linear(output: number, inSize: number, outSize: number, coordinates: string): Tap[] {
  const [numerator, denominator] = source(output, inSize, outSize, coordinates);
  const lower = Math.floor(numerator / denominator);
  const fraction = (numerator - lower * denominator) / denominator;
  return [
    { input: clamp(lower, inSize), weight: 1 - fraction },
    { input: clamp(lower + 1, inSize), weight: fraction },
  ];
}

function resampling(xShape: readonly number[], size: readonly [number, number], attributes: Attributes): LinearMap {
  const [batch, channels, height, width] = dimensions4(xShape);
  const [outHeight, outWidth] = size;
  const coordinates = textAttribute(attributes, 'coordinates');
  const tapsOf = textAttribute(attributes, 'mode') === 'nearest' ? nearest : linear;
  const rows = Array.from({ length: outHeight }, (_, oy) => tapsOf(oy, height, outHeight, coordinates));
  const columns = Array.from({ length: outWidth }, (_, ox) => tapsOf(ox, width, outWidth, coordinates));
  return {
    inputShape: xShape,
    outputShape: [batch, channels, outHeight, outWidth],
    entries(visit) {
      for (let plane = 0; plane < batch * channels; plane += 1) {
        rows.forEach((rowTaps, oy) =>
          columns.forEach((columnTaps, ox) => {
            const output = (plane * outHeight + oy) * outWidth + ox;
            for (const row of rowTaps) {
              for (const column of columnTaps) {
                visit(output, (plane * height + row.input) * width + column.input, row.weight * column.weight);
              }
            }
          }),
        );
      }
    },
  };
}

interface Configuration {
  readonly x: readonly [n: number, c: number, h: number, w: number];
  readonly size: readonly [number, number];
  readonly mode: 'nearest' | 'bilinear';
  readonly coordinates: 'half-pixel' | 'align-corners' | 'asymmetric';
}

const modes = ['nearest', 'bilinear'] as const;
const coordinateKinds = ['half-pixel', 'align-corners', 'asymmetric'] as const;

/** Up, down, both, by whole and by odd factors, from and to single rows, and to the same size. */
const oddSizes: readonly (readonly [Configuration['x'], Configuration['size']])[] = [
  [
    [1, 1, 1, 1],
    [1, 1],
  ],
  [
    [1, 2, 1, 1],
    [3, 4],
  ],
  [
    [1, 2, 3, 4],
    [1, 1],
  ],
  [
    [2, 3, 4, 5],
    [4, 5],
  ],
  [
    [2, 3, 4, 4],
    [8, 8],
  ],
  [
    [1, 5, 8, 8],
    [4, 4],
  ],
  [
    [1, 1, 7, 7],
    [28, 28],
  ],
  [
    [1, 3, 5, 7],
    [13, 4],
  ],
  [
    [1, 4, 9, 6],
    [3, 11],
  ],
  [
    [1, 1, 2, 30],
    [31, 2],
  ],
  [
    [3, 2, 10, 1],
    [7, 9],
  ],
];

const configurations = {
  odd: oddSizes.flatMap(([x, size]) =>
    modes.flatMap((mode) => coordinateKinds.map((coordinates): Configuration => ({ x, size, mode, coordinates }))),
  ),
  draw(random: Random): Configuration {
    const x = drawMapShape(random);
    const scale = random.pick([0, 0, 0, 2, 3]);
    const size = [2, 3].map((axis) => (scale > 0 ? Math.min(x[axis]! * scale, 40) : random.integer(1, 30)));
    return { x, size: [size[0]!, size[1]!], mode: random.pick(modes), coordinates: random.pick(coordinateKinds) };
  },
};

/** resize(x [N, C, H, W]) -> [N, C, OH, OW] with size = [OH, OW]. */
export const resize: OpSuite = {
  op: 'resize',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      return [apply(resampling(x.shape, pairAttribute(attributes, 'size'), attributes), x)];
    },
    vjp(inputs, attributes, cotangents) {
      const map = resampling(required(inputs, 0).shape, pairAttribute(attributes, 'size'), attributes);
      return [applyTransposed(map, required(cotangents, 0))];
    },
  },
  cases: casesFrom('resize', {
    ...configurations,
    build: ({ x, size, mode, coordinates }, values) => ({
      inputs: [values.general(x)],
      attributes: { size, mode, coordinates },
    }),
  }),
};

/** resizeGradient(g [N, C, OH, OW]) -> [N, C, H, W] with inputSize = [H, W]: the transpose of resize. */
export const resizeGradient: OpSuite = {
  op: 'resizeGradient',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const g = required(inputs, 0);
      const [batch, channels, outHeight, outWidth] = dimensions4(g.shape);
      const xShape = [batch, channels, ...pairAttribute(attributes, 'inputSize')];
      return [applyTransposed(resampling(xShape, [outHeight, outWidth], attributes), g)];
    },
    vjp(inputs, attributes, cotangents) {
      const [, , outHeight, outWidth] = dimensions4(required(inputs, 0).shape);
      const dx = required(cotangents, 0);
      return [apply(resampling(dx.shape, [outHeight, outWidth], attributes), dx)];
    },
  },
  cases: casesFrom('resizeGradient', {
    ...configurations,
    build: ({ x, size, mode, coordinates }, values) => ({
      inputs: [values.general([x[0], x[1], ...size])],
      attributes: { inputSize: x.slice(2), mode, coordinates },
    }),
  }),
};
