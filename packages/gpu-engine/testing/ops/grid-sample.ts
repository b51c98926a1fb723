import type { Attributes } from '../../src/graph/attributes.ts';
import { flagAttribute, pairAttribute, textAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpInput, OpSuite } from '../reference.ts';
import { dimensions4, required, zeros } from '../tensor.ts';
import { float32, type ValueSource } from '../values.ts';

/** A pixel that a point reads along one axis, its weight, and the weight's derivative by the grid's value. */
interface Tap {
  readonly at: number;
  readonly weight: number;
  readonly slope: number;
}

/** A triangle wave over [low, high]: where a point lies after all mirrorings. */
function mirror(x: number, low: number, high: number): number {
  if (high === low) return 0;
  const period = 2 * (high - low);
  const phase = (((x - low) % period) + period) % period;
  return low + Math.min(phase, period - phase);
}

/** Keys' cubic kernel with a = -3/4, written out. */
function kernel(t: number): number {
  const d = Math.abs(t);
  if (d <= 1) return 1.25 * d ** 3 - 2.25 * d ** 2 + 1;
  return d < 2 ? -0.75 * d ** 3 + 3.75 * d ** 2 - 6 * d + 3 : 0;
}

function kernelSlope(t: number): number {
  const d = Math.abs(t);
  const outwards = d <= 1 ? 3.75 * d ** 2 - 4.5 * d : d < 2 ? -2.25 * d ** 2 + 7.5 * d - 6 : 0;
  return Math.sign(t) * outwards;
}

function tapsOf(g: number, size: number, attributes: Attributes): Tap[] {
  const align = flagAttribute(attributes, 'alignCorners');
  const padding = textAttribute(attributes, 'paddingMode');
  const mode = textAttribute(attributes, 'mode');
  const [low, high] = align ? [0, size - 1] : [-0.5, size - 0.5];
  const position = (value: number) => low + ((value + 1) / 2) * (high - low);
  const bounded = (x: number) => Math.min(Math.max(x, 0), size - 1);
  const padded = (x: number) => {
    if (padding === 'border') return bounded(x);
    return padding === 'reflection' ? bounded(mirror(x, low, high)) : x;
  };
  const inside = ({ at }: Tap) => at >= 0 && at < size;
  if (mode === 'bicubic') {
    const x = position(g);
    return [-1, 0, 1, 2]
      .map((k) => Math.floor(x) + k)
      .map((at) => ({
        at: Math.round(padded(at)),
        weight: kernel(x - at),
        slope: (kernelSlope(x - at) * (high - low)) / 2,
      }))
      .filter(inside);
  }
  const x = padded(position(g));
  if (mode === 'nearest') return [{ at: Math.round(x), weight: 1, slope: 0 }].filter(inside);
  // Cases keep away from kinks, so that a short step shows the padded point's slope.
  const step = 1e-6;
  const slope = (padded(position(g + step)) - padded(position(g - step))) / (2 * step);
  const base = Math.floor(x);
  return [
    { at: base, weight: 1 - (x - base), slope: -slope },
    { at: base + 1, weight: x - base, slope },
  ].filter(inside);
}

/** Visits every output with the inputs that it reads. */
function forEachTap(
  xShape: readonly number[],
  grid: Float64Tensor,
  attributes: Attributes,
  visit: (output: number, input: number, point: number, y: Tap, x: Tap) => void,
): void {
  const [batch, channels, height, width] = dimensions4(xShape);
  const points = grid.shape[1]! * grid.shape[2]!;
  for (let point = 0; point < batch * points; point += 1) {
    const n = Math.floor(point / points);
    const rows = tapsOf(grid.data[2 * point + 1]!, height, attributes);
    const columns = tapsOf(grid.data[2 * point]!, width, attributes);
    for (let plane = n * channels; plane < (n + 1) * channels; plane += 1) {
      for (const y of rows) {
        for (const x of columns) {
          visit(plane * points + (point % points), (plane * height + y.at) * width + x.at, point, y, x);
        }
      }
    }
  }
}

function sampling(xShape: readonly number[], grid: Float64Tensor, attributes: Attributes): LinearMap {
  return {
    inputShape: xShape,
    outputShape: [...xShape.slice(0, 2), ...grid.shape.slice(1, 3)],
    entries: (visit) =>
      forEachTap(xShape, grid, attributes, (output, input, _, y, x) => visit(output, input, y.weight * x.weight)),
  };
}

function gridGradient(g: Float64Tensor, x: Float64Tensor, grid: Float64Tensor, attributes: Attributes): Float64Tensor {
  const gradient = zeros(grid.shape);
  forEachTap(x.shape, grid, attributes, (output, input, point, row, column) => {
    const weighted = g.data[output]! * x.data[input]!;
    gradient.data[2 * point]! += weighted * column.slope * row.weight;
    gradient.data[2 * point + 1]! += weighted * column.weight * row.slope;
  });
  return gradient;
}

interface Configuration {
  readonly x: readonly [n: number, c: number, h: number, w: number];
  readonly size: readonly [number, number];
  readonly attributes: Attributes;
}

const modes = ['nearest', 'bilinear', 'bicubic'] as const;
const paddings = ['zeros', 'border', 'reflection'] as const;

const configurations = {
  odd: modes.flatMap((mode) =>
    paddings.flatMap((paddingMode) =>
      [false, true].flatMap((alignCorners): Configuration[] => [
        { x: [1, 1, 1, 1], size: [2, 3], attributes: { mode, paddingMode, alignCorners } },
        { x: [2, 3, 4, 5], size: [3, 7], attributes: { mode, paddingMode, alignCorners } },
        { x: [1, 2, 1, 6], size: [5, 1], attributes: { mode, paddingMode, alignCorners } },
      ]),
    ),
  ),
  draw: (random: Random): Configuration => ({
    x: [random.integer(1, 3), random.integer(1, 5), random.integer(1, 9), random.integer(1, 9)],
    size: [random.integer(1, 8), random.integer(1, 8)],
    attributes: {
      mode: random.pick(modes),
      paddingMode: random.pick(paddings),
      alignCorners: random.chance(0.5),
    },
  }),
};

/**
 * Points inside and around the picture, none within a tenth of a pixel of where a pixel or half a pixel begins: there
 * roundings jump and gradients break.
 */
function drawGrid({ x, size, attributes }: Configuration, { random }: ValueSource): OpInput {
  const [n, , height, width] = x;
  return float32([n, ...size, 2], (index) => {
    const length = index % 2 === 0 ? width : height;
    const around = random.chance(0.7) ? 0 : 2 * length;
    const place = random.integer(-around, length - 1 + around) + random.uniform(0.1, 0.4) + random.pick([0, 0.5]);
    if (flagAttribute(attributes, 'alignCorners')) return length === 1 ? place : (2 * place) / (length - 1) - 1;
    return (2 * place + 1) / length - 1;
  });
}

/** gridSample(x [N, C, H, W], grid [N, OH, OW, 2]) -> [N, C, OH, OW]. */
export const gridSample: OpSuite = {
  op: 'gridSample',
  // Where all taps read one pixel, slopes cancel to zero.
  tolerance: { absolute: 1e-4 },
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [x, grid] = [required(inputs, 0), required(inputs, 1)];
      return [apply(sampling(x.shape, grid, attributes), x)];
    },
    vjp(inputs, attributes, cotangents) {
      const [x, grid, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      return [applyTransposed(sampling(x.shape, grid, attributes), g), gridGradient(g, x, grid, attributes)];
    },
  },
  cases: casesFrom<Configuration>('gridSample', {
    ...configurations,
    build: (configuration, values) => ({
      inputs: [values.general(configuration.x), drawGrid(configuration, values)],
      attributes: configuration.attributes,
    }),
  }),
};

/** gridSampleInputGradient(g, grid) -> dx with inputSize = [H, W]. */
export const gridSampleInputGradient: OpSuite = {
  op: 'gridSampleInputGradient',
  outputs: ['float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward(inputs, attributes) {
      const [g, grid] = [required(inputs, 0), required(inputs, 1)];
      const xShape = [...g.shape.slice(0, 2), ...pairAttribute(attributes, 'inputSize')];
      return [applyTransposed(sampling(xShape, grid, attributes), g)];
    },
  },
  cases: casesFrom<Configuration>('gridSampleInputGradient', {
    ...configurations,
    build: (configuration, values) => ({
      inputs: [
        values.general([...configuration.x.slice(0, 2), ...configuration.size]),
        drawGrid(configuration, values),
      ],
      attributes: { ...configuration.attributes, inputSize: configuration.x.slice(2) },
    }),
  }),
};

/** gridSampleGridGradient(g, x, grid) -> dgrid. */
export const gridSampleGridGradient: OpSuite = {
  op: 'gridSampleGridGradient',
  // Where all taps read one pixel, slopes cancel to zero.
  tolerance: { absolute: 1e-4 },
  outputs: ['float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward: (inputs, attributes) => [
      gridGradient(required(inputs, 0), required(inputs, 1), required(inputs, 2), attributes),
    ],
  },
  cases: casesFrom<Configuration>('gridSampleGridGradient', {
    ...configurations,
    build: (configuration, values) => ({
      inputs: [
        values.general([...configuration.x.slice(0, 2), ...configuration.size]),
        values.general(configuration.x),
        drawGrid(configuration, values),
      ],
      attributes: configuration.attributes,
    }),
  }),
};
