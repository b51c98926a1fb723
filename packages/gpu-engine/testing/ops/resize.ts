import type { Attributes } from '../../src/graph/attributes.ts';
import { flagAttribute, listAttribute, numberAttribute, pairAttribute, textAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import type { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { drawMapShape } from '../shapes.ts';
import { dimensions4, mapTensor, required } from '../tensor.ts';

/** One axis of ONNX's reference implementation (op_resize.py), in its order of steps. */
interface Axis {
  readonly inSize: number;
  readonly outSize: number;
  readonly scale: number | undefined;
  readonly region: readonly [number, number];
}

/** What one output reads along an axis: inputs with weights, or nothing where crop-and-resize extrapolates. */
type Reading = readonly { readonly input: number; readonly weight: number }[] | undefined;

/**
 * Where an output lies among the inputs. Without a scale it is a quotient of integers, so that float32 and float64 cannot
 * disagree about which input is the nearest.
 */
function source(o: number, { inSize, outSize, scale, region }: Axis, coordinates: string): number {
  const ratio = scale ?? outSize / inSize;
  const half = scale === undefined ? ((2 * o + 1) * inSize - outSize) / (2 * outSize) : (o + 0.5) / scale - 0.5;
  const width = scale === undefined ? outSize : ratio * inSize;
  switch (coordinates) {
    case 'half-pixel':
      return half;
    case 'pytorch-half-pixel':
      return outSize === 1 ? 0 : half;
    case 'half-pixel-symmetric': {
      const center = inSize / 2;
      return center * (1 - outSize / width) + half;
    }
    case 'asymmetric':
      return scale === undefined ? (o * inSize) / outSize : o / scale;
    case 'align-corners':
      return width === 1 ? 0 : (o * (inSize - 1)) / (width - 1);
    case 'crop-and-resize': {
      const extent = (region[1] - region[0]) * (inSize - 1);
      return (width === 1 ? extent / 2 : (o * extent) / (width - 1)) + region[0] * (inSize - 1);
    }
    default:
      throw new RangeError(`unknown coordinates ${coordinates}`);
  }
}

const rounded: Record<string, (x: number) => number> = {
  floor: Math.floor,
  ceil: Math.ceil,
  'round-prefer-floor': (x) => (x - Math.floor(x) <= 0.5 ? Math.floor(x) : Math.ceil(x)),
  'round-prefer-ceil': (x) => (x - Math.floor(x) < 0.5 ? Math.floor(x) : Math.ceil(x)),
};

/** Coefficients of the inputs first, first + 1, … relative to floor(x), where ratio = x - floor(x). */
function coefficients(ratio: number, scale: number, attributes: Attributes): { first: number; values: number[] } {
  const a = numberAttribute(attributes, 'cubicCoefficient');
  const isCubic = textAttribute(attributes, 'mode') === 'bicubic';
  const filter = (distance: number) => {
    const d = Math.abs(distance);
    if (!isCubic) return d < 1 ? 1 - d : 0;
    if (d <= 1) return (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1;
    return d < 2 ? a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a : 0;
  };
  const widened = flagAttribute(attributes, 'antialias') ? Math.min(scale, 1) : 1;
  const first = Math.floor((isCubic ? -2 : -1) / widened) + 1;
  const values = Array.from({ length: 2 - 2 * first }, (_, i) => filter(widened * (first + i - ratio)));
  if (!flagAttribute(attributes, 'antialias')) return { first, values };
  const total = values.reduce((sum, value) => sum + value, 0);
  return { first, values: values.map((value) => value / total) };
}

function reading(o: number, axis: Axis, attributes: Attributes): Reading {
  const coordinates = textAttribute(attributes, 'coordinates');
  const { inSize } = axis;
  const x = source(o, axis, coordinates);
  if (coordinates === 'crop-and-resize' && (x < 0 || x > inSize - 1)) return undefined;
  const inside = (index: number) => Math.min(Math.max(index, 0), inSize - 1);
  if (textAttribute(attributes, 'mode') === 'nearest') {
    const rounding = textAttribute(attributes, 'rounding');
    const usual = coordinates === 'asymmetric' ? 'floor' : 'round-prefer-ceil';
    const round = rounded[rounding === 'default' ? usual : rounding];
    return [{ input: inside(round?.(x) ?? 0), weight: 1 }];
  }
  const { first, values } = coefficients(x - Math.floor(x), axis.scale ?? axis.outSize / inSize, attributes);
  const entries = values.map((weight, i) => ({ input: Math.floor(x) + first + i, weight }));
  if (!flagAttribute(attributes, 'excludeOutside')) {
    return entries.map(({ input, weight }) => ({ input: inside(input), weight }));
  }
  const kept = entries.filter(({ input }) => input === inside(input));
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map(({ input, weight }) => ({ input, weight: weight / total }));
}

/** The readings of all rows and all columns. */
function readings(xShape: readonly number[], size: readonly [number, number], attributes: Attributes): Reading[][] {
  const scales = listAttribute(attributes, 'scales');
  const region = listAttribute(attributes, 'region');
  return [0, 1].map((k) => {
    const axis: Axis = {
      inSize: xShape[k + 2]!,
      outSize: size[k]!,
      scale: scales[k],
      region: [region[k]!, region[k + 2]!],
    };
    return Array.from({ length: axis.outSize }, (_, o) => reading(o, axis, attributes));
  });
}

function resampling(xShape: readonly number[], size: readonly [number, number], attributes: Attributes): LinearMap {
  const [batch, channels, height, width] = dimensions4(xShape);
  const [rows = [], columns = []] = readings(xShape, size, attributes);
  return {
    inputShape: xShape,
    outputShape: [batch, channels, ...size],
    entries(visit) {
      for (let plane = 0; plane < batch * channels; plane += 1) {
        rows.forEach((row, oy) =>
          columns.forEach((column, ox) => {
            const output = (plane * size[0] + oy) * size[1] + ox;
            for (const y of row ?? []) {
              for (const x of column ?? []) {
                visit(output, (plane * height + y.input) * width + x.input, y.weight * x.weight);
              }
            }
          }),
        );
      }
    },
  };
}

/** The value of outputs for which crop-and-resize has no input, 0 for the others. */
function extrapolated(xShape: readonly number[], size: readonly [number, number], attributes: Attributes) {
  const [rows = [], columns = []] = readings(xShape, size, attributes);
  const value = numberAttribute(attributes, 'extrapolation');
  return (index: number) => {
    const [oy, ox] = [Math.floor(index / size[1]) % size[0], index % size[1]];
    return rows[oy] === undefined || columns[ox] === undefined ? value : 0;
  };
}

interface Configuration {
  readonly x: readonly [n: number, c: number, h: number, w: number];
  readonly size: readonly [number, number];
  readonly attributes: Attributes;
}

const defaults = {
  mode: 'bilinear',
  coordinates: 'half-pixel',
  rounding: 'default',
  scales: [],
  region: [0, 0, 1, 1],
  cubicCoefficient: -0.75,
  excludeOutside: false,
  antialias: false,
  extrapolation: 0,
} satisfies Attributes;

const modes = ['nearest', 'bilinear', 'bicubic'] as const;
const usualCoordinates = ['half-pixel', 'align-corners', 'asymmetric'] as const;
const coordinateKinds = [...usualCoordinates, 'half-pixel-symmetric', 'pytorch-half-pixel', 'crop-and-resize'] as const;
const roundings = ['default', 'floor', 'ceil', 'round-prefer-floor', 'round-prefer-ceil'] as const;

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

const pictured = (height: number, width: number): Configuration['x'] => [1, 2, height, width];

/** ONNX's own tests, and each option once. */
const oddOptions: readonly Configuration[] = (
  [
    [pictured(4, 4), [8, 8], { mode: 'bicubic', scales: [2, 2], coordinates: 'align-corners' }],
    [pictured(4, 4), [3, 3], { mode: 'bicubic', scales: [0.8, 0.8], cubicCoefficient: -0.5, excludeOutside: true }],
    [pictured(2, 4), [1, 2], { scales: [0.6, 0.6], coordinates: 'align-corners' }],
    [pictured(4, 4), [2, 2], { scales: [0.6, 0.6], coordinates: 'half-pixel-symmetric' }],
    [pictured(4, 4), [9, 9], { scales: [2.3, 2.3], coordinates: 'half-pixel-symmetric' }],
    [pictured(4, 4), [2, 2], { scales: [0.6, 0.6], antialias: true }],
    [pictured(4, 4), [2, 2], { scales: [0.6, 0.6], antialias: true, mode: 'bicubic' }],
    [pictured(4, 4), [3, 3], { antialias: true, mode: 'bicubic' }],
    [pictured(9, 30), [2, 4], { antialias: true, mode: 'bicubic', excludeOutside: true }],
    [pictured(40, 3), [1, 7], { antialias: true }],
    [pictured(4, 4), [3, 1], { coordinates: 'pytorch-half-pixel' }],
    [pictured(4, 4), [1, 1], { coordinates: 'pytorch-half-pixel', mode: 'bicubic' }],
    [pictured(4, 4), [3, 3], { coordinates: 'crop-and-resize', region: [0.4, 0.6, 0.6, 0.8] }],
    [pictured(4, 4), [3, 3], { coordinates: 'crop-and-resize', region: [0.4, 0.6, 1.2, 1.7], extrapolation: 10 }],
    [pictured(4, 5), [6, 5], { coordinates: 'crop-and-resize', region: [1, 1.2, 0, -0.2], extrapolation: -3 }],
    [pictured(4, 5), [2, 2], { coordinates: 'crop-and-resize', region: [2, 2, 3, 3], extrapolation: 7 }],
    [pictured(1, 1), [2, 3], { coordinates: 'crop-and-resize', region: [0, 0, 1, 1], mode: 'nearest' }],
    [pictured(2, 2), [7, 8], { mode: 'nearest', rounding: 'round-prefer-floor' }],
    [pictured(2, 4), [1, 2], { mode: 'nearest', rounding: 'round-prefer-floor', scales: [0.6, 0.6] }],
    [pictured(4, 4), [8, 8], { mode: 'nearest', rounding: 'ceil', coordinates: 'half-pixel' }],
    [pictured(4, 4), [8, 8], { mode: 'nearest', rounding: 'floor', coordinates: 'align-corners' }],
    [pictured(4, 4), [8, 8], { mode: 'nearest', rounding: 'round-prefer-ceil', coordinates: 'asymmetric' }],
  ] as const
).map(([x, size, options]) => ({ x, size, attributes: { ...defaults, ...options } }));

/** A scale that ONNX would give this size for, on either side. */
function drawScale(random: Random, inSize: number, outSize: number): number {
  return random.uniform(outSize, outSize + 0.95) / inSize;
}

const configurations = {
  odd: [
    ...oddSizes.flatMap(([x, size]) =>
      modes.flatMap((mode) =>
        usualCoordinates.map((coordinates): Configuration => ({
          x,
          size,
          attributes: { ...defaults, mode, coordinates },
        })),
      ),
    ),
    ...oddOptions,
  ],
  draw(random: Random): Configuration {
    const x = drawMapShape(random);
    const factor = random.pick([0, 0, 0, 2, 3]);
    const [height, width] = [2, 3].map((axis) =>
      factor > 0 ? Math.min(x[axis]! * factor, 40) : random.integer(1, 30),
    ) as [number, number];
    const coordinates = random.pick(coordinateKinds);
    const isCrop = coordinates === 'crop-and-resize';
    const edge = () => random.uniform(-0.3, 1.3);
    return {
      x,
      size: [height, width],
      attributes: {
        mode: random.pick(modes),
        coordinates,
        rounding: random.pick(roundings),
        scales: random.chance(0.4) ? [drawScale(random, x[2], height), drawScale(random, x[3], width)] : [],
        region: isCrop ? [edge(), edge(), edge(), edge()] : defaults.region,
        cubicCoefficient: random.pick([-0.75, -0.5]),
        excludeOutside: random.chance(0.3),
        antialias: random.chance(0.3),
        extrapolation: isCrop ? random.pick([0, 10, -2.5]) : 0,
      },
    };
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
      const size = pairAttribute(attributes, 'size');
      const fill = extrapolated(x.shape, size, attributes);
      return [mapTensor(apply(resampling(x.shape, size, attributes), x), (value, index) => value + fill(index))];
    },
    vjp(inputs, attributes, cotangents) {
      const map = resampling(required(inputs, 0).shape, pairAttribute(attributes, 'size'), attributes);
      return [applyTransposed(map, required(cotangents, 0))];
    },
  },
  cases: casesFrom('resize', {
    ...configurations,
    build: ({ x, size, attributes }, values) => ({
      inputs: [values.general(x)],
      attributes: { size, ...attributes },
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
    build: ({ x, size, attributes }, values) => ({
      inputs: [values.general([x[0], x[1], ...size])],
      attributes: { inputSize: x.slice(2), ...attributes },
    }),
  }),
};
